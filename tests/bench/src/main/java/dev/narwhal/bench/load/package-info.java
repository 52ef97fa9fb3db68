/**
 * The load generator: one thread in a process of its own, so that it shares neither heap nor compiler with what it
 * measures.
 *
 * <p>It keeps one request in flight on each connection (a closed loop): the next is sent when the answer has come, so the
 * rate is what the server can do, and a latency is the wait behind the other connections' requests.
 *
 * <p>Reading order: {@code LoadGenerator} (in the bench), then in the generator's process {@code LoadMain}, {@code Load},
 * {@code ClientConnection}, {@code ResponseParser}, {@code LatencyHistogram}. {@code Run} goes in and {@code Sample} comes out,
 * each as one line of JSON.
 */
@NullMarked
package dev.narwhal.bench.load;

import org.jspecify.annotations.NullMarked;
