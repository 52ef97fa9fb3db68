package dev.narwhal.worker.session;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Knows which values cannot change in place, so that having read one costs no look whether it was changed. */
final class Immutables {

    private static final Set<Class<?>> KNOWN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class);

    private static final ClassValue<Boolean> IMMUTABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isPrimitive()
                    || KNOWN.contains(type)
                    || type.isEnum()
                    || Enum.class.isAssignableFrom(type)
                    || type.getName().startsWith("java.time.")
                    || (type.isRecord() && hasImmutableComponents(type));
        }
    };

    private Immutables() {}

    static boolean contains(Object value) {
        return IMMUTABLE.get(value.getClass());
    }

    /** By their declared types; one that is an interface or not final may be anything. */
    private static boolean hasImmutableComponents(Class<?> type) {
        for (var component : type.getRecordComponents()) {
            // a record that contains itself would never end
            if (component.getType() == type || !IMMUTABLE.get(component.getType())) {
                return false;
            }
        }
        return true;
    }
}
