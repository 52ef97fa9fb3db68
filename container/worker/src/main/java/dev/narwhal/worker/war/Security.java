package dev.narwhal.worker.war;

import java.util.List;
import java.util.Optional;

/**
 * Who may do what.
 *
 * @param denyUncoveredHttpMethods {@code <deny-uncovered-http-methods>}
 * @param constraints in the order of declaration
 * @param login how users log in
 * @param roles every role that is declared, by {@code <security-role>}, {@code @DeclareRoles} or use in {@code @ServletSecurity}
 */
public record Security(
        boolean denyUncoveredHttpMethods, List<Constraint> constraints, Optional<Login> login, List<String> roles) {

    public Security {
        constraints = List.copyOf(constraints);
        roles = List.copyOf(roles);
    }

    /**
     * Who gets in.
     *
     * @param rule what applies
     * @param roles for {@link Rule#ROLES}; {@code *} is every declared role and {@code **} any authenticated user
     */
    public record Access(Rule rule, List<String> roles) {

        /** The three cases that the specification tells apart by missing and empty elements. */
        public enum Rule {
            /** Everybody. */
            PERMIT,
            /** Nobody. */
            DENY,
            /** Users in one of the roles. */
            ROLES
        }

        public static final Access PERMIT = new Access(Rule.PERMIT, List.of());
        public static final Access DENY = new Access(Rule.DENY, List.of());

        public Access {
            roles = List.copyOf(roles);
        }
    }

    /**
     * A {@code <security-constraint>}.
     *
     * @param confidential whether only TLS will do ({@code CONFIDENTIAL} or {@code INTEGRAL})
     */
    public record Constraint(List<Resources> resources, Access access, boolean confidential) {
        public Constraint {
            resources = List.copyOf(resources);
        }
    }

    /**
     * A {@code <web-resource-collection>}. Without methods and omissions, all methods.
     *
     * @param methods only these
     * @param methodOmissions all but these
     */
    public record Resources(String name, List<String> urlPatterns, List<String> methods, List<String> methodOmissions) {
        public Resources {
            urlPatterns = List.copyOf(urlPatterns);
            methods = List.copyOf(methods);
            methodOmissions = List.copyOf(methodOmissions);
        }
    }

    /**
     * A {@code <login-config>}.
     *
     * @param method one of {@link #METHODS} in a deployable application
     * @param loginPage for {@code FORM}; a path from the document root, with its leading slash
     * @param errorPage as {@code loginPage}
     */
    public record Login(
            Optional<String> method, Optional<String> realm, Optional<String> loginPage, Optional<String> errorPage) {

        public static final String BASIC = "BASIC";
        public static final String DIGEST = "DIGEST";
        public static final String FORM = "FORM";
        public static final String CLIENT_CERT = "CLIENT-CERT";
        /** Tomcat's word for no login at all. */
        public static final String NONE = "NONE";

        public static final List<String> METHODS = List.of(BASIC, DIGEST, FORM, CLIENT_CERT, NONE);
    }

    /**
     * {@code @ServletSecurity}.
     *
     * @param access for methods that are not in {@code methods}
     */
    public record ServletSecurity(Access access, boolean confidential, List<MethodConstraint> methods) {
        public ServletSecurity {
            methods = List.copyOf(methods);
        }
    }

    /** {@code @HttpMethodConstraint}. */
    public record MethodConstraint(String method, Access access, boolean confidential) {}
}
