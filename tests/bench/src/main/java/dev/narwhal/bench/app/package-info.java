/** The web application that is measured. It is packed into the same directory for every server and knows none of them. */
@NullMarked
package dev.narwhal.bench.app;

import org.jspecify.annotations.NullMarked;
