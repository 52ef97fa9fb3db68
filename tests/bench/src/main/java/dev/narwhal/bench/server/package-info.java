/**
 * The servers that are compared: each the real thing in processes of its own, with the same web application and the same heap
 * in total.
 *
 * <p>Reading order: {@code Contender} (which there are and how each is started), {@code RunningServer}, {@code WarDirectory},
 * and, in Tomcat's process, {@code TomcatMain}.
 */
@NullMarked
package dev.narwhal.bench.server;

import org.jspecify.annotations.NullMarked;
