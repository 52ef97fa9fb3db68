package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLimitsTest {

    private static final long GIB = 1L << 30;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path root;

    private MachineLimitsTest file(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    private Machine read(int availableProcessors) {
        return new MachineLimits(root.resolve("proc"), root.resolve("cgroup")).read(availableProcessors);
    }

    @Test
    void without_a_limit_it_is_the_whole_machine() throws IOException {
        file("proc/meminfo", "MemTotal:        8388608 kB\nMemFree: 1 kB\n")
                .file("cgroup/memory.max", "max\n")
                .file("cgroup/cpu.max", "max 100000\n");
        assertThat(read(4)).isEqualTo(new Machine(4, 8 * GIB));
    }

    @Test
    void a_container_is_limited_at_the_root_of_its_control_group() throws IOException {
        file("proc/meminfo", "MemTotal:        8388608 kB\n")
                .file("proc/self/cgroup", "0::/\n")
                .file("cgroup/memory.max", "1073741824\n")
                .file("cgroup/cpu.max", "150000 100000\n");
        assertThat(read(4)).isEqualTo(new Machine(2, GIB));
    }

    @Test
    void a_service_is_limited_by_its_own_group_and_those_above() throws IOException {
        file("proc/meminfo", "MemTotal:        8388608 kB\n")
                .file("proc/self/cgroup", "0::/system.slice/narwhal.service\n")
                .file("cgroup/system.slice/memory.max", "2147483648\n")
                .file("cgroup/system.slice/narwhal.service/memory.max", "max\n")
                .file("cgroup/system.slice/narwhal.service/cpu.max", "50000 100000\n");
        assertThat(read(4)).isEqualTo(new Machine(1, 2 * GIB));
    }

    @Test
    void version_1_limits_memory_too_and_has_a_huge_number_for_no_limit() throws IOException {
        file("proc/meminfo", "MemTotal:        8388608 kB\n")
                .file("proc/self/cgroup", "4:memory:/job\n2:cpuacct:/\n0::/\n")
                .file("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(read(2)).isEqualTo(new Machine(2, 8 * GIB));
        file("cgroup/memory/job/memory.limit_in_bytes", "3221225472\n");
        assertThat(read(2)).isEqualTo(new Machine(2, 3 * GIB));
    }

    @Test
    void what_is_free_is_the_least_that_the_machine_and_the_groups_have_left() throws IOException {
        file("proc/meminfo", "MemTotal:       8388608 kB\nMemAvailable:    4194304 kB\n")
                .file("proc/self/cgroup", "0::/job/part\n")
                .file("cgroup/job/part/memory.max", "max\n")
                .file("cgroup/job/part/memory.current", "1073741824\n");
        assertThat(new MachineLimits(root.resolve("proc"), root.resolve("cgroup")).free())
                .isEqualTo(4 * GIB);
        file("cgroup/job/memory.max", "3221225472\n")
                .file("cgroup/job/memory.current", "3221225472\n")
                .file("cgroup/job/memory.stat", "anon 2147483648\ninactive_file 1073741824\n");
        assertThat(new MachineLimits(root.resolve("proc"), root.resolve("cgroup")).free())
                .isEqualTo(GIB);
    }

    @Test
    void this_machine_has_cores_and_memory() {
        var machine = MachineLimits.read();
        assertThat(machine.cores()).isPositive();
        assertThat(machine.memoryBytes()).isGreaterThan(64L << 20);
    }
}
