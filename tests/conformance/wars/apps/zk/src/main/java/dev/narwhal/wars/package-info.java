/** One page of ZK. */
@NullMarked
package dev.narwhal.wars;

import org.jspecify.annotations.NullMarked;
