/** A library that brings its own {@code web-fragment.xml}: a filter, a listener, and a servlet found by its annotation. */
@NullMarked
package dev.narwhal.samples.fragments.audit;

import org.jspecify.annotations.NullMarked;
