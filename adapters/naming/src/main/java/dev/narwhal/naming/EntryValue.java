package dev.narwhal.naming;

import dev.narwhal.worker.war.Naming.EnvEntry;
import java.util.Arrays;
import java.util.Set;
import javax.naming.NamingException;

/** The value of an {@code <env-entry>}: a text and the type to read it as (Jakarta EE 11 §5.4.1.1). */
record EntryValue(EnvEntry entry, ClassLoader loader) implements Provided {

    /** The types whose default is to be kept where no value is given. */
    static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Boolean.class,
            Double.class,
            Float.class,
            Class.class);

    @Override
    public String type() {
        return entry.type().orElse("java.lang.String");
    }

    @Override
    public Object get() throws NamingException {
        var text = entry.value().orElse("");
        try {
            return parse(type(), text, loader);
        } catch (IllegalArgumentException | ClassNotFoundException | IndexOutOfBoundsException e) {
            var failure = new NamingException("reading the environment entry " + entry.name() + ": '" + text
                    + "' is not a value of " + type() + ". Correct <env-entry-value>.");
            failure.initCause(e);
            throw failure;
        }
    }

    static Object parse(String type, String text, ClassLoader loader) throws ClassNotFoundException {
        var number = text.strip();
        return switch (type) {
            case "java.lang.String" -> text;
            case "java.lang.Character", "char" -> text.charAt(0);
            case "java.lang.Byte", "byte" -> Byte.valueOf(number);
            case "java.lang.Short", "short" -> Short.valueOf(number);
            case "java.lang.Integer", "int" -> Integer.valueOf(number);
            case "java.lang.Long", "long" -> Long.valueOf(number);
            case "java.lang.Boolean", "boolean" -> Boolean.valueOf(number);
            case "java.lang.Double", "double" -> Double.valueOf(number);
            case "java.lang.Float", "float" -> Float.valueOf(number);
            case "java.lang.Class" -> Class.forName(number, false, loader);
            default -> constant(Class.forName(type, true, loader), number);
        };
    }

    private static Object constant(Class<?> type, String name) {
        if (!type.isEnum()) {
            throw new IllegalArgumentException(type + " is no type for an environment entry");
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }
}
