package dev.narwhal.master.config;

import java.util.Locale;

/** Where HTTP sessions are. */
public enum SessionStorage {
    /** In files that all workers share. */
    LMDB,
    /** In the memory of the only worker. */
    MEMORY;

    /** As the operator writes it, and the worker's store is named. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
