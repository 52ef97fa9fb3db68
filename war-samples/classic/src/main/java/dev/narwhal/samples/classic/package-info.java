/**
 * An application of the kind {@code web.xml} was made for: no annotation is read ({@code metadata-complete}), the
 * descriptor names every class of this package.
 *
 * <p>Read {@code WEB-INF/web.xml} first. Each servlet answers in plain text what one part of the descriptor has done.
 */
@NullMarked
package dev.narwhal.samples.classic;

import org.jspecify.annotations.NullMarked;
