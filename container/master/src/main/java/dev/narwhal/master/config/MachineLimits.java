package dev.narwhal.master.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what this process may use: the smaller of the machine and the control groups it is in (version 2, and version 1's
 * memory controller). A file that is missing or unreadable is no limit.
 */
public final class MachineLimits {

    /** Assumed when even {@code /proc/meminfo} is missing, which no Linux does. */
    private static final long UNKNOWN_MEMORY = 2L << 30;

    private static final Pattern MEMORY_TOTAL = Pattern.compile("MemTotal:\\s+([0-9]+) kB");

    private final Path proc;
    private final Path cgroup;

    MachineLimits(Path proc, Path cgroup) {
        this.proc = proc;
        this.cgroup = cgroup;
    }

    /** Of this process. Files of the kernel only; takes about a millisecond. */
    public static Machine read() {
        // The JVM counts the processors of the control group's quota and of the affinity mask.
        return new MachineLimits(Path.of("/proc"), Path.of("/sys/fs/cgroup"))
                .read(Runtime.getRuntime().availableProcessors());
    }

    Machine read(int availableProcessors) {
        long memory = lines(proc.resolve("meminfo")).stream()
                .map(MEMORY_TOTAL::matcher)
                .filter(line -> line.matches())
                .findFirst()
                .map(line -> Long.parseLong(line.group(1)) * 1024)
                .orElse(UNKNOWN_MEMORY);
        double cores = availableProcessors;
        for (var group : groups()) {
            memory = Math.min(memory, number(group.resolve("memory.max")).orElse(Long.MAX_VALUE));
            memory = Math.min(
                    memory, number(group.resolve("memory.limit_in_bytes")).orElse(Long.MAX_VALUE));
            cores = Math.min(cores, quota(group.resolve("cpu.max")));
        }
        // A quota of 1.5 processors lets two threads run now and then, as the JVM itself counts.
        return new Machine(Math.max(1, (int) Math.ceil(cores)), memory);
    }

    /** The directories of our groups and all above them, since each of them may limit us. */
    private List<Path> groups() {
        var groups = new ArrayList<Path>(List.of(cgroup, cgroup.resolve("memory")));
        for (var line : lines(proc.resolve("self/cgroup"))) {
            var fields = line.split(":", 3); // hierarchy, controllers, path; version 2 has no controllers
            if (fields.length < 3) {
                continue;
            }
            var root = switch (fields[1]) {
                case "" -> cgroup;
                case "memory" -> cgroup.resolve("memory");
                default -> null;
            };
            // Inside a container the path may be the host's, of which nothing is mounted here: the files are missing
            // then.
            for (var path = Path.of(fields[2]); root != null && path != null; path = path.getParent()) {
                groups.add(root.resolve(Path.of("/").relativize(path)));
            }
        }
        return groups;
    }

    private static Optional<Long> number(Path file) {
        return lines(file).stream()
                .findFirst()
                .filter(line -> line.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    /** {@code "150000 100000"} is 1.5 processors, {@code "max 100000"} no limit. */
    private static double quota(Path file) {
        return lines(file).stream()
                .findFirst()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length == 2 && !fields[0].equals("max"))
                .map(fields -> Double.parseDouble(fields[0]) / Double.parseDouble(fields[1]))
                .orElse(Double.MAX_VALUE);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}
