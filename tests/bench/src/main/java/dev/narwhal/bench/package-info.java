/**
 * Compares Narwhal's dispatch classes with Tomcat: requests per second and latency of a one-line servlet.
 *
 * <p>All servers run from the beginning to the end, each is warmed up, and then they are measured one at a time, in rounds, in
 * another order each round: what else the machine does meets all of them, and a ratio is made of figures a minute apart.
 *
 * <p>Reading order: {@code Bench}, {@code Options}, {@code Results}, {@code Table}; the packages {@code server} (what is
 * measured), {@code load} (what measures) and {@code app} (the servlet).
 */
@NullMarked
package dev.narwhal.bench;

import org.jspecify.annotations.NullMarked;
