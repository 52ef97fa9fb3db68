package dev.narwhal.bench.load;

/**
 * What was measured in one run.
 *
 * @param answers right ones, within {@code nanos}
 * @param errors wrong answers and broken connections, also before and after the measurement
 * @param error the first of them, or empty
 * @param reopened connections that the server closed after an answer that said so
 * @param serverCpuNanos of all the server's processes, in steps of the kernel's clock tick (10 ms)
 * @param clientCpuNanos of the load generator
 */
public record Sample(
        long answers,
        long nanos,
        long errors,
        String error,
        long reopened,
        long p50Nanos,
        long p99Nanos,
        long maxNanos,
        long serverCpuNanos,
        long clientCpuNanos) {

    static Sample failed(String error) {
        return new Sample(0, 0, 1, error, 0, 0, 0, 0, 0, 0);
    }

    /** Right answers in a second. */
    public double rate() {
        return nanos == 0 ? 0 : answers * 1e9 / nanos;
    }

    /** Processor time of the server for one answer, in microseconds. */
    public double cpuMicros() {
        return answers == 0 ? 0 : serverCpuNanos / 1e3 / answers;
    }
}
