@NullMarked
package dev.narwhal.migration.app;

import org.jspecify.annotations.NullMarked;
