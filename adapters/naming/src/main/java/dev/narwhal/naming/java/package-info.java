/**
 * What JNDI looks for by name with the context class loader, so the only package of the server that applications see: {@code
 * javaURLContextFactory} for names that begin with {@code java:}, {@code InitialContexts} for all others. They decide nothing; {@link
 * dev.narwhal.naming.Namespaces} knows the application of the thread.
 */
@NullMarked
package dev.narwhal.naming.java;

import org.jspecify.annotations.NullMarked;
