package dev.narwhal.master.config;

import java.util.Locale;

/** How much is logged, from everything to failures only. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** SLF4J's name in lower case, as in options and in the command lines of workers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
