package dev.narwhal.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process and its descendants, as they were when this was made. */
record ProcessTree(List<ProcessHandle> processes) {

    static ProcessTree of(long pid) {
        return new ProcessTree(ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .toList());
    }

    /** Processor time that they have used until now. */
    long cpuNanos() {
        return processes.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }
}
