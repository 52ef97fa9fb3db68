/**
 * A library that greets, with whatever {@link dev.narwhal.samples.fragments.greetings.Greeter}s the application has.
 *
 * <p>Its {@code ServletContainerInitializer} gets them from the container ({@code @HandlesTypes}) and registers a servlet that
 * lists them; its {@code web-fragment.xml} has the rest, its {@code META-INF/resources} the static files.
 */
@NullMarked
package dev.narwhal.samples.fragments.greetings;

import org.jspecify.annotations.NullMarked;
