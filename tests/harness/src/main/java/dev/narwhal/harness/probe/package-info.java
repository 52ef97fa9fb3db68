/**
 * Parts of a web application, run inside workers. {@link dev.narwhal.harness.Wars#probe()} adds them to the sample
 * {@code crashtest}. They know nothing of the server.
 */
@NullMarked
package dev.narwhal.harness.probe;

import org.jspecify.annotations.NullMarked;
