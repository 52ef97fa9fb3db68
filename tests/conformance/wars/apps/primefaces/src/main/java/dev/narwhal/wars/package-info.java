/** One page of PrimeFaces: a table, an upload, a download. */
@NullMarked
package dev.narwhal.wars;

import org.jspecify.annotations.NullMarked;
