package dev.narwhal.master.config;

/** A text that a source gives for a setting, not yet read. */
public record Given(String text, Origin origin) {}
