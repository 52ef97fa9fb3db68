/**
 * {@code tests/bench/run start}: how long a large WAR takes until it serves, in Narwhal and in Tomcat.
 *
 * <p>Reading order: {@code StartBench}, {@code LargeWar}.
 */
@NullMarked
package dev.narwhal.bench.start;

import org.jspecify.annotations.NullMarked;
