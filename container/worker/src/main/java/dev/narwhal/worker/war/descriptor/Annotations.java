package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.Security;
import dev.narwhal.worker.war.Security.Access;
import dev.narwhal.worker.war.Security.MethodConstraint;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp.Multipart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

/**
 * The annotations that say something about the class that they are on, whoever declares the servlet: {@code @MultipartConfig},
 * {@code @RunAs}, {@code @ServletSecurity} and {@code @DeclareRoles}.
 */
final class Annotations {

    private static final DotName MULTIPART = DotName.createSimple("jakarta.servlet.annotation.MultipartConfig");
    private static final DotName SECURITY = DotName.createSimple("jakarta.servlet.annotation.ServletSecurity");
    private static final DotName RUN_AS = DotName.createSimple("jakarta.annotation.security.RunAs");
    private static final DotName DECLARE_ROLES = DotName.createSimple("jakarta.annotation.security.DeclareRoles");

    private final ClassIndex index;
    private final boolean complete;

    /** @param complete whether the descriptor says that it is {@code metadata-complete} */
    Annotations(ClassIndex index, boolean complete) {
        this.index = index;
        this.complete = complete;
    }

    Optional<Multipart> multipart(String className) {
        return on(className, MULTIPART)
                .map(annotation -> new Multipart(
                        text(annotation, "location"),
                        number(annotation, "maxFileSize", -1),
                        number(annotation, "maxRequestSize", -1),
                        Math.toIntExact(number(annotation, "fileSizeThreshold", 0))));
    }

    Optional<String> runAs(String className) {
        return on(className, RUN_AS).map(annotation -> text(annotation, "value"));
    }

    /** {@code @ServletSecurity} is inherited by subclasses. Beside a complete descriptor it does not count (Servlet 6.1 §13.4.1). */
    Optional<Security.ServletSecurity> security(String className) throws WarException {
        if (complete) {
            return Optional.empty();
        }
        var type = index.find(DotName.createSimple(className));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var annotation = Stream.concat(type.stream(), index.superclasses(type.get()).stream())
                .map(each -> Optional.ofNullable(each.declaredAnnotation(SECURITY)))
                .flatMap(Optional::stream)
                .findFirst();
        return annotation.isEmpty() ? Optional.empty() : Optional.of(security(className, annotation.get()));
    }

    private static Security.ServletSecurity security(String className, AnnotationInstance annotation)
            throws WarException {
        var methods = new ArrayList<MethodConstraint>();
        for (var method : nested(annotation, "httpMethodConstraints")) {
            var access = access(className, method, "emptyRoleSemantic");
            methods.add(new MethodConstraint(text(method, "value"), access, confidential(method)));
        }
        var constraint = annotation.value("value");
        if (constraint == null) {
            return new Security.ServletSecurity(Access.PERMIT, false, methods);
        }
        var nested = constraint.asNested();
        return new Security.ServletSecurity(access(className, nested, "value"), confidential(nested), methods);
    }

    private static Access access(String className, AnnotationInstance constraint, String semantic) throws WarException {
        var roles = strings(constraint, "rolesAllowed");
        boolean deny = constraint.value(semantic) != null
                && constraint.value(semantic).asEnum().equals("DENY");
        if (deny && !roles.isEmpty()) {
            throw new WarException("reading @ServletSecurity of " + className
                    + ": it denies everybody and names roles that are allowed. Remove one of the two.");
        }
        return roles.isEmpty() ? deny ? Access.DENY : Access.PERMIT : new Access(Access.Rule.ROLES, roles);
    }

    private static boolean confidential(AnnotationInstance constraint) {
        var guarantee = constraint.value("transportGuarantee");
        return guarantee != null && guarantee.asEnum().equals("CONFIDENTIAL");
    }

    /** The roles that {@code @DeclareRoles} names on the given classes. */
    static Set<String> declaredRoles(Iterable<ClassInfo> classes) {
        var roles = new LinkedHashSet<String>();
        for (var type : classes) {
            var annotation = type.declaredAnnotation(DECLARE_ROLES);
            if (annotation != null) {
                roles.addAll(strings(annotation, "value"));
            }
        }
        return roles;
    }

    private Optional<AnnotationInstance> on(String className, DotName annotation) {
        return index.find(DotName.createSimple(className))
                .flatMap(type -> Optional.ofNullable(type.declaredAnnotation(annotation)));
    }

    static String text(AnnotationInstance annotation, String member) {
        var value = annotation.value(member);
        return value == null ? "" : value.asString();
    }

    static long number(AnnotationInstance annotation, String member, long otherwise) {
        var value = annotation.value(member);
        return value == null ? otherwise : value.asLong();
    }

    static boolean flag(AnnotationInstance annotation, String member) {
        var value = annotation.value(member);
        return value != null && value.asBoolean();
    }

    static List<String> strings(AnnotationInstance annotation, String member) {
        var value = annotation.value(member);
        return value == null ? List.of() : List.of(value.asStringArray());
    }

    static List<String> enums(AnnotationInstance annotation, String member) {
        var value = annotation.value(member);
        return value == null ? List.of() : List.of(value.asEnumArray());
    }

    static List<AnnotationInstance> nested(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? List.of() : Arrays.asList(value.asNestedArray());
    }
}
