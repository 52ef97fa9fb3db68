/**
 * Requests that belong to another worker, with {@code --sticky}: {@link dev.narwhal.undertow.sticky.Owners} knows to which, {@link
 * dev.narwhal.undertow.sticky.HandOver} hands them over and takes what others hand over. Through Undertow's proxy, over a loopback
 * connection that nobody else can use.
 *
 * <p>On the I/O thread. Reading order: {@code Owners}, {@code HandOver}, {@code Sender}.
 */
@NullMarked
package dev.narwhal.undertow.sticky;

import org.jspecify.annotations.NullMarked;
