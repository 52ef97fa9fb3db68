/**
 * A prepared web application, as workers load it.
 *
 * <p>{@link dev.narwhal.worker.war.WebApp} is the merged descriptor as plain immutable records: {@code web.xml}, fragments,
 * annotations and initializers with every rule of the Servlet specification already applied, so that nobody who reads it has
 * to know where a fact came from. The {@code prepare} package produces it once per WAR; every worker reads it back with
 * {@link dev.narwhal.worker.war.PreparedApp} and loads the classes with {@link dev.narwhal.worker.war.WebAppClassLoader}.
 *
 * <p>Reading order: {@code WebApp}, {@code Security}, {@code SessionConfig}, {@code JspConfig}, {@code JspDescriptor}, {@code Naming},
 * {@code PreparedApp}, {@code WebAppClassLoader}, {@code ClassPath}.
 */
@NullMarked
package dev.narwhal.worker.war;

import org.jspecify.annotations.NullMarked;
