package dev.narwhal.worker.check;

/** What is known of a value on the stack or in a local variable while a method is read. */
sealed interface Value {

    /** Nothing; a {@code long} or a {@code double} takes two places. */
    record Unknown(int size) implements Value {}

    /** A string constant. */
    record Text(String text) implements Value {}

    /**
     * An object.
     *
     * @param type the class name with dots
     * @param exact whether it is of this class and of no subclass
     */
    record Instance(String type, boolean exact) implements Value {}

    /** The object that a static field holds. */
    record StaticField(String owner, String name, String type) implements Value {}

    default boolean isWide() {
        return this instanceof Unknown(int size) && size == 2;
    }
}
