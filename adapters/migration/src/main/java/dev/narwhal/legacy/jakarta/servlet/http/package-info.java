/** Types that were removed from {@code jakarta.servlet.http}; that is their package in a migrated application. */
@NullMarked
package dev.narwhal.legacy.jakarta.servlet.http;

import org.jspecify.annotations.NullMarked;
