/**
 * Decides, with {@code --reload} alone, which requests are answered with the news of a release that does not work, on the I/O thread: {@link
 * dev.narwhal.undertow.notice.Notice}; and which with what is wrong with a page, on the request's thread: {@link dev.narwhal.undertow.notice.FaultPage}.
 */
@NullMarked
package dev.narwhal.undertow.notice;

import org.jspecify.annotations.NullMarked;
