/**
 * Servlets that are compiled against {@code javax.servlet} 3.1 and call what Servlet 6 has removed. Nobody should write such code any more;
 * much of it still runs.
 */
@NullMarked
package dev.narwhal.samples.legacy;

import org.jspecify.annotations.NullMarked;
