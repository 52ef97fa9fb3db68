package dev.narwhal.legacy;

import jakarta.el.MethodExpression;

/** Added to the application's own expressions. */
public interface LegacyMethodExpression {

    default boolean isParmetersProvided() {
        return this instanceof MethodExpression expression && expression.isParametersProvided();
    }
}
