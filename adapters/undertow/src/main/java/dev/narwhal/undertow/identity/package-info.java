/**
 * Decides what a request is called in logs and answers: {@link dev.narwhal.undertow.identity.RequestIds} names each when it begins, on the I/O
 * thread; {@link dev.narwhal.undertow.identity.RequestId} is the name, and stays with its exchange.
 */
@NullMarked
package dev.narwhal.undertow.identity;

import org.jspecify.annotations.NullMarked;
