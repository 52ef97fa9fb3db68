package dev.narwhal.master.config;

import java.util.Locale;

/** The form of what is logged: lines for people, or an object of JSON a line for programs. */
public enum LogFormat {
    TEXT,
    JSON;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
