package dev.narwhal.undertow.security;

import dev.narwhal.undertow.security.Constraints.Rule;
import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.Security.Access;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.HttpMethodSecurityInfo;
import io.undertow.servlet.api.SecurityInfo;
import io.undertow.servlet.api.SecurityInfo.EmptyRoleSemantic;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSecurityInfo;
import io.undertow.servlet.api.TransportGuaranteeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the constraints of an application from its descriptor, and from servlets' annotations and registrations. */
final class ConstraintRules {

    private final Security security;
    private final DeploymentInfo info;
    private final List<Rule> rules = new ArrayList<>();

    private ConstraintRules(Security security, DeploymentInfo info) {
        this.security = security;
        this.info = info;
    }

    /**
     * Reads what holds once initializers and listeners have run.
     *
     * @param info with the servlets and roles that the application has registered
     */
    static Constraints read(Security security, DeploymentInfo info) {
        var rules = new ConstraintRules(security, info);
        rules.readDescriptor();
        var declared = new LinkedHashSet<String>();
        rules.rules.forEach(rule -> declared.add(rule.pattern()));
        info.getServlets().values().forEach(servlet -> rules.readServlet(servlet, declared));
        return new Constraints(rules.rules, security.denyUncoveredHttpMethods());
    }

    private void readDescriptor() {
        for (var constraint : security.constraints()) {
            for (var resources : constraint.resources()) {
                add(
                        resources.urlPatterns(),
                        resources.methods(),
                        resources.methodOmissions(),
                        expand(constraint.access()),
                        constraint.confidential());
            }
        }
    }

    /** Servlet 6.1 §13.4.1: the annotation counts for the patterns that the descriptor does not constrain itself. */
    private void readServlet(ServletInfo servlet, Set<String> declared) {
        ServletSecurityInfo annotated = servlet.getServletSecurityInfo();
        if (annotated == null) {
            return;
        }
        var patterns = new ArrayList<>(servlet.getMappings());
        patterns.removeAll(declared);
        var methods = annotated.getHttpMethodSecurityInfo();
        for (var method : methods) {
            add(patterns, List.of(method.getMethod()), List.of(), access(method), confidential(method));
        }
        var access = access(annotated);
        // §13.4.1.1: beside method constraints, one with default values says nothing about the other methods.
        if (methods.isEmpty() || access.rule() != Access.Rule.PERMIT || confidential(annotated)) {
            var omissions =
                    methods.stream().map(HttpMethodSecurityInfo::getMethod).toList();
            add(patterns, List.of(), omissions, access, confidential(annotated));
        }
    }

    private void add(
            Collection<String> patterns,
            List<String> methods,
            List<String> omissions,
            Access access,
            boolean confidential) {
        patterns.forEach(pattern -> rules.add(new Rule(pattern, methods, omissions, access, confidential)));
    }

    private Access access(SecurityInfo<?> annotated) {
        if (!annotated.getRolesAllowed().isEmpty()) {
            return expand(new Access(Access.Rule.ROLES, List.copyOf(annotated.getRolesAllowed())));
        }
        return annotated.getEmptyRoleSemantic() == EmptyRoleSemantic.DENY ? Access.DENY : Access.PERMIT;
    }

    private static boolean confidential(SecurityInfo<?> annotated) {
        return annotated.getTransportGuaranteeType() != TransportGuaranteeType.NONE;
    }

    /** {@code *} is every role of the application; if it declares none, nobody. */
    private Access expand(Access access) {
        if (!access.roles().contains("*")) {
            return access;
        }
        var roles = new LinkedHashSet<>(access.roles());
        roles.remove("*");
        roles.addAll(info.getSecurityRoles());
        return roles.isEmpty() ? Access.DENY : new Access(Access.Rule.ROLES, List.copyOf(roles));
    }
}
