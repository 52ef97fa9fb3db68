package dev.narwhal.naming;

import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.InjectionTarget;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a class and its superclasses want: annotations, and what the descriptor says of them, which wins.
 *
 * @param injections of superclasses first
 * @param postConstruct of superclasses first
 * @param preDestroy of superclasses last
 */
record Injections(List<Injection> injections, List<Method> postConstruct, List<Method> preDestroy) {

    /**
     * One thing to inject.
     *
     * @param name relative to {@code java:comp/env/} unless it begins with {@code java:}
     * @param lookup what to look up when nothing has that name; empty for nothing
     */
    record Injection(String name, String lookup, Target target) {}

    private static final Logger log = LoggerFactory.getLogger(Injections.class);

    Injections {
        injections = List.copyOf(injections);
        postConstruct = List.copyOf(postConstruct);
        preDestroy = List.copyOf(preDestroy);
    }

    static Injections of(Class<?> type, Naming naming, boolean annotations) {
        var injections = new ArrayList<Injection>();
        var postConstruct = new ArrayList<Method>();
        var preDestroy = new ArrayList<Method>();
        for (var each : hierarchy(type)) {
            injections.addAll(new ClassReader(each, naming, annotations).injections());
            passingOver(each, () -> {
                postConstruct.addAll(callbacks(each, naming.postConstruct(), annotations, PostConstruct.class));
                preDestroy.addAll(callbacks(each, naming.preDestroy(), annotations, PreDestroy.class));
            });
        }
        return new Injections(
                injections,
                withoutOverridden(postConstruct),
                withoutOverridden(preDestroy).reversed());
    }

    /**
     * A member has a type that the application does not have: of the fields, or of the methods, it cannot be told which are
     * annotated. The other kind still counts.
     */
    private static void passingOver(Class<?> type, Runnable reading) {
        try {
            reading.run();
        } catch (LinkageError e) {
            log.debug("passing over annotations of {}: {}", type.getName(), e.toString());
        }
    }

    /** The class and its superclasses, the topmost first. */
    private static List<Class<?>> hierarchy(Class<?> type) {
        var classes = new ArrayList<Class<?>>();
        for (var each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (!each.getModule().isNamed()) { // not the JDK's
                classes.add(each);
            }
        }
        return classes.reversed();
    }

    private static List<Method> callbacks(
            Class<?> type,
            List<Naming.Callback> declared,
            boolean annotations,
            Class<? extends Annotation> annotation) {
        var names = declared.stream()
                .filter(callback -> callback.className().equals(Optional.of(type.getName())))
                .map(Naming.Callback::method)
                .toList();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && !method.isBridge())
                .filter(method -> names.isEmpty()
                        ? annotations && method.isAnnotationPresent(annotation)
                        : names.contains(method.getName()))
                .peek(method -> method.setAccessible(true))
                .toList();
    }

    /** A method that is overridden would run twice. */
    private static List<Method> withoutOverridden(List<Method> superclassesFirst) {
        var byName = new LinkedHashMap<String, Method>();
        for (var method : superclassesFirst) {
            var key = Modifier.isPrivate(method.getModifiers())
                    ? method.getDeclaringClass().getName() + "." + method.getName()
                    : method.getName();
            byName.remove(key);
            byName.put(key, method);
        }
        return List.copyOf(byName.values());
    }

    /** Reads one class. */
    private record ClassReader(Class<?> type, Naming naming, boolean annotations) {

        List<Injection> injections() {
            var byMember = new LinkedHashMap<String, Injection>();
            if (annotations) {
                passingOver(type, () -> readFields(byMember));
                passingOver(type, () -> readSetters(byMember));
            }
            passingOver(type, () -> readDescriptor(byMember));
            return List.copyOf(byMember.values());
        }

        private void readFields(Map<String, Injection> byMember) {
            for (var field : type.getDeclaredFields()) {
                var resource = field.getAnnotation(Resource.class);
                if (resource != null && !Modifier.isStatic(field.getModifiers())) {
                    byMember.put(field.getName(), injection(resource, field.getName(), Target.of(field)));
                }
            }
        }

        private void readSetters(Map<String, Injection> byMember) {
            for (var method : type.getDeclaredMethods()) {
                var resource = method.getAnnotation(Resource.class);
                if (resource != null && isSetter(method)) {
                    var property = property(method);
                    byMember.put(property, injection(resource, property, Target.of(method)));
                }
            }
        }

        private static boolean isSetter(Method method) {
            return method.getName().length() > 3
                    && method.getName().startsWith("set")
                    && method.getParameterCount() == 1
                    && !Modifier.isStatic(method.getModifiers());
        }

        private static String property(Method setter) {
            var name = setter.getName().substring(3);
            return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        }

        /** Jakarta EE 11 §5.2.5: the default name has the class in it. */
        private Injection injection(Resource resource, String member, Target target) {
            var name = resource.name().isEmpty() ? type.getName() + "/" + member : resource.name();
            return new Injection(name, resource.lookup(), target);
        }

        private void readDescriptor(Map<String, Injection> byMember) {
            naming.envEntries().forEach(entry -> read(entry.name(), entry.targets(), byMember));
            naming.refs().forEach(ref -> read(ref.name(), ref.targets(), byMember));
        }

        private void read(String name, List<InjectionTarget> targets, Map<String, Injection> byMember) {
            for (var target : targets) {
                if (target.className().equals(type.getName())) {
                    var found = target(target.name());
                    if (found.isPresent()) {
                        byMember.put(target.name(), new Injection(name, "", found.get()));
                    } else {
                        log.warn(
                                "injecting {}: {} has neither a field nor a setter {}. Correct <injection-target>.",
                                name,
                                type.getName(),
                                target.name());
                    }
                }
            }
        }

        /** Jakarta EE 11 §5.2.5: the setter before the field. */
        private Optional<Target> target(String member) {
            var setter = Arrays.stream(type.getDeclaredMethods())
                    .filter(ClassReader::isSetter)
                    .filter(method -> property(method).equals(member))
                    .map(Target::of)
                    .findFirst();
            return setter.or(() -> Arrays.stream(type.getDeclaredFields())
                    .filter(field -> field.getName().equals(member) && !Modifier.isStatic(field.getModifiers()))
                    .map(Target::of)
                    .findFirst());
        }
    }
}
