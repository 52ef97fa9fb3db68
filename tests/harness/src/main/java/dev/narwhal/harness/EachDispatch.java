package dev.narwhal.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs a test class once under each dispatch class, all tests of it against one server. The name of the dispatch class
 * goes into a field with {@link org.junit.jupiter.params.Parameter}; a method with {@link
 * org.junit.jupiter.params.BeforeParameterizedClassInvocation} takes {@link Narwhals} and starts the server.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"sync", "threaded", "virtual"})
@ExtendWith(NarwhalExtension.class)
public @interface EachDispatch {}
