/** Types that were removed from {@code jakarta.servlet}; that is their package in a migrated application. */
@NullMarked
package dev.narwhal.legacy.jakarta.servlet;

import org.jspecify.annotations.NullMarked;
