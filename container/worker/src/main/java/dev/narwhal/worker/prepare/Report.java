package dev.narwhal.worker.prepare;

import dev.narwhal.worker.war.Naming;

/** Where preparing tells how it goes. */
interface Report {

    /** Something that an operator may wait for, as a phrase such as {@code unpacking shop.war}. */
    void progress(String what);

    /** Something about the application that the operator should know. */
    void warning(String text);

    /**
     * A reference that nothing provides.
     *
     * @param war the name of the application
     * @param key what the operator would provide it as
     */
    default void unprovided(String war, Naming.ResourceRef ref, String key) {
        warning(
                "%s wants the resource %s (%s), which nothing provides; looking it up will fail. Add [resources.\"%s\"] to narwhal.toml."
                        .formatted(war, ref.name(), ref.type().orElse("no type"), key));
    }
}
