package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Records.orEmpty;

import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.Security.Access;
import dev.narwhal.worker.war.WebApp.Servlet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.metadata.javaee.spec.SecurityRoleMetaData;
import org.jboss.metadata.web.spec.FormLoginConfigMetaData;
import org.jboss.metadata.web.spec.LoginConfigMetaData;
import org.jboss.metadata.web.spec.SecurityConstraintMetaData;
import org.jboss.metadata.web.spec.TransportGuaranteeType;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jboss.metadata.web.spec.WebResourceCollectionMetaData;

/** Turns the security part of a merged descriptor into records. */
final class SecurityRecords {

    private SecurityRecords() {}

    /**
     * Everything about security.
     *
     * @param declaredRoles what {@code @DeclareRoles} names
     */
    static Security of(WebMetaData descriptor, List<Servlet> servlets, Set<String> declaredRoles) {
        var constraints = orEmpty(descriptor.getSecurityConstraints()).stream()
                .map(SecurityRecords::constraint)
                .filter(constraint -> !constraint.resources().isEmpty())
                .toList();
        return new Security(
                Boolean.TRUE.equals(descriptor.getDenyUncoveredHttpMethods()),
                constraints,
                Optional.ofNullable(descriptor.getLoginConfig()).map(SecurityRecords::login),
                roles(descriptor, constraints, servlets, declaredRoles));
    }

    private static Security.Constraint constraint(SecurityConstraintMetaData constraint) {
        var resources = new ArrayList<Security.Resources>();
        for (WebResourceCollectionMetaData collection : orEmpty(constraint.getResourceCollections())) {
            // A fragment's pattern that web.xml constrains too has been taken out; without patterns nothing is left to
            // say.
            if (!orEmpty(collection.getUrlPatterns()).isEmpty()) {
                resources.add(new Security.Resources(
                        Objects.toString(collection.getWebResourceName(), ""),
                        List.copyOf(collection.getUrlPatterns()),
                        List.copyOf(orEmpty(collection.getHttpMethods())),
                        List.copyOf(orEmpty(collection.getHttpMethodOmissions()))));
            }
        }
        return new Security.Constraint(
                resources, access(constraint), constraint.getTransportGuarantee() != TransportGuaranteeType.NONE);
    }

    private static Access access(SecurityConstraintMetaData constraint) {
        if (constraint.getAuthConstraint() == null) {
            return Access.PERMIT;
        }
        var roles = constraint.getRoleNames();
        return roles.isEmpty() ? Access.DENY : new Access(Access.Rule.ROLES, roles);
    }

    private static Security.Login login(LoginConfigMetaData login) {
        var form = Optional.ofNullable(login.getFormLoginConfig());
        return new Security.Login(
                Optional.ofNullable(login.getAuthMethod())
                        .map(method -> method.strip().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(login.getRealmName()),
                form.map(FormLoginConfigMetaData::getLoginPage),
                form.map(FormLoginConfigMetaData::getErrorPage));
    }

    private static List<String> roles(
            WebMetaData descriptor,
            List<Security.Constraint> constraints,
            List<Servlet> servlets,
            Set<String> declaredRoles) {
        var roles = new LinkedHashSet<String>();
        for (SecurityRoleMetaData role : orEmpty(descriptor.getSecurityRoles())) {
            roles.add(role.getRoleName());
        }
        roles.addAll(declaredRoles);
        boolean meant = roles.contains("**"); // who declares a role of that name means it (§13.3)
        constraints.forEach(constraint -> roles.addAll(constraint.access().roles()));
        servlets.stream()
                .flatMap(servlet -> servlet.security().stream())
                .map(SecurityRecords::roles)
                .forEach(roles::addAll);
        roles.remove("*");
        if (!meant) {
            roles.remove("**");
        }
        return List.copyOf(roles);
    }

    private static Collection<String> roles(Security.ServletSecurity security) {
        var roles = new LinkedHashSet<>(security.access().roles());
        security.methods().forEach(method -> roles.addAll(method.access().roles()));
        return roles;
    }
}
