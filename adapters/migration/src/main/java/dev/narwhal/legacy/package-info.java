/**
 * What Servlet 6 removed, for applications that still use it: put into a migrated application, loaded by its class loader and never by the
 * server's.
 *
 * <p>{@code Calls} has what calls become, {@code Defaults} what the API's own classes did, and the {@code Legacy} interfaces carry the
 * methods that applications override. The types below {@code jakarta} get their old names when they are put into the application.
 */
@NullMarked
package dev.narwhal.legacy;

import org.jspecify.annotations.NullMarked;
