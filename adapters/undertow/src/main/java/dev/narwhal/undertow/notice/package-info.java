/**
 * Decides, with {@code --reload} alone, which requests are answered with the news of a release that does not work, on the I/O thread; {@link
 * dev.narwhal.undertow.notice.Notice} is all there is.
 */
@NullMarked
package dev.narwhal.undertow.notice;

import org.jspecify.annotations.NullMarked;
