package dev.narwhal.master.config;

import java.io.ObjectInputFilter;

/** Patterns of classes as the JDK's {@code jdk.serialFilter} has them. */
final class FilterSyntax {

    private static final String EXPECTED = "patterns such as com.example.**;!com.example.Old";

    private FilterSyntax() {}

    static Syntax<String> of() {
        return new Syntax<>(EXPECTED, FilterSyntax::parse, text -> text);
    }

    private static String parse(String text) {
        if (text.isBlank()) {
            throw new BadValueException("the value is empty. Give " + EXPECTED + ".");
        }
        try {
            ObjectInputFilter.Config.createFilter(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new BadValueException("'" + text + "' is no pattern: " + e.getMessage() + ". Give " + EXPECTED + ".");
        }
    }
}
