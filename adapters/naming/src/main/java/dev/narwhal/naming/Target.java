package dev.narwhal.naming;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/** Where something is injected. */
sealed interface Target {

    Class<?> type();

    void set(Object instance, Object value) throws ReflectiveOperationException;

    /** Whether its type is one of environment entries. */
    default boolean isValue() {
        return type().isPrimitive() || type().isEnum() || EntryValue.TYPES.contains(type());
    }

    record OfField(Field field) implements Target {

        @Override
        public Class<?> type() {
            return field.getType();
        }

        @Override
        public void set(Object instance, Object value) throws ReflectiveOperationException {
            field.set(instance, value);
        }

        @Override
        public String toString() {
            return field.getDeclaringClass().getName() + "." + field.getName();
        }
    }

    record OfSetter(Method setter) implements Target {

        @Override
        public Class<?> type() {
            return setter.getParameterTypes()[0];
        }

        @Override
        public void set(Object instance, Object value) throws ReflectiveOperationException {
            setter.invoke(instance, value);
        }

        @Override
        public String toString() {
            return setter.getDeclaringClass().getName() + "." + setter.getName();
        }
    }

    static Target of(Field field) {
        open(field);
        return new OfField(field);
    }

    static Target of(Method setter) {
        open(setter);
        return new OfSetter(setter);
    }

    /** What the JDK's modules keep closed was not annotated by an application. */
    private static void open(AccessibleObject member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new IllegalArgumentException("injecting into " + member + ": " + e.getMessage(), e);
        }
    }
}
