package dev.narwhal.master.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what this process may use: the smaller of the machine and the control groups it is in (version 2, and version 1's
 * memory controller). A file that is missing or unreadable is no limit.
 */
public final class MachineLimits {

    /** Assumed when even {@code /proc/meminfo} is missing, which no Linux does. */
    private static final long UNKNOWN_MEMORY = 2L << 30;

    private static final Pattern MEMORY_TOTAL = Pattern.compile("MemTotal:\\s+([0-9]+) kB");
    private static final Pattern MEMORY_AVAILABLE = Pattern.compile("MemAvailable:\\s+([0-9]+) kB");
    private static final Pattern INACTIVE_FILE = Pattern.compile("inactive_file ([0-9]+)");

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

    /** Memory that another process could have now: what the machine and each of our control groups have left. */
    public static long freeBytes() {
        return new MachineLimits(Path.of("/proc"), Path.of("/sys/fs/cgroup")).free();
    }

    long free() {
        long free = field(proc.resolve("meminfo"), MEMORY_AVAILABLE).orElse(UNKNOWN_MEMORY / 1024) * 1024;
        for (var group : groups()) {
            var limit = number(group.resolve("memory.max"));
            var used = number(group.resolve("memory.current"));
            if (limit.isPresent() && used.isPresent()) {
                // What files are cached in counts as used, but is given back when somebody needs it.
                long cached = field(group.resolve("memory.stat"), INACTIVE_FILE).orElse(0L);
                free = Math.min(free, Math.max(0, limit.get() - used.get() + cached));
            }
        }
        return free;
    }

    private static Optional<Long> field(Path file, Pattern line) {
        return lines(file).stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(found -> Long.valueOf(found.group(1)))
                .findFirst();
    }

    Machine read(int availableProcessors) {
        long memory = field(proc.resolve("meminfo"), MEMORY_TOTAL).orElse(UNKNOWN_MEMORY / 1024) * 1024;
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
