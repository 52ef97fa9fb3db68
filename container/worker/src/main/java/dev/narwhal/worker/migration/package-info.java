/**
 * The SPI for applications that are written for {@code javax.servlet}: Java EE 8 and older. One module of {@code adapters} implements
 * {@link dev.narwhal.worker.migration.Migration}, found by {@link java.util.ServiceLoader} in the preparing child; no worker ever loads it.
 */
@NullMarked
package dev.narwhal.worker.migration;

import org.jspecify.annotations.NullMarked;
