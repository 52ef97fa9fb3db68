package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.PreparedWar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final long GIB = 1L << 30;
    private static final PreparedWar DISTRIBUTABLE = war("shop.war", true, false);
    private static final PreparedWar SINGLE = war("single.war", false, false);
    private static final PreparedWar NATIVE = war("native.war", true, true);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private static PreparedWar war(String name, boolean distributable, boolean nativeCode) {
        return new PreparedWar("", Path.of("/prepared"), name, distributable, nativeCode, false, false);
    }

    private Plan plan(Sources sources, Machine machine, PreparedWar... wars) {
        return Plan.of(sources.config(), List.of(wars), machine);
    }

    private static Machine machine(int cores, long gib) {
        return new Machine(cores, gib * GIB);
    }

    @ParameterizedTest
    @CsvSource({
        // dispatch, cores, GiB, workers, reason
        "sync,     2,  8, 5,  '2 x cores + 1, cores=2'",
        "sync,    16, 64, 33, '2 x cores + 1, cores=16'",
        "threaded, 1,  8, 2,  'two for isolation, cores=1'",
        "virtual,  4,  8, 2,  'two for isolation, cores=4'",
        "virtual,  8, 16, 4,  'half the cores, cores=8'",
        "threaded,16, 16, 8,  'half the cores, cores=16'",
        "sync,     8,  2, 7,  'as many as fit 2 GiB of memory'",
    })
    void auto_workers_follow_dispatch_cores_and_memory(
            String dispatch, int cores, long gib, int workers, String reason) {
        var plan = plan(Sources.in(directory).flag(Settings.DISPATCH, dispatch), machine(cores, gib), DISTRIBUTABLE);
        assertThat(plan.workers()).isEqualTo(workers);
        assertThat(plan.workersReason()).isEqualTo(reason);
    }

    @Test
    void a_range_begins_at_its_least_and_ends_with_what_fits() {
        var sources = Sources.in(directory).flag(Settings.WORKERS, "2..8");
        var roomy = plan(sources, machine(4, 8), DISTRIBUTABLE);
        assertThat(roomy.workers()).isEqualTo(2);
        assertThat(roomy.most()).isEqualTo(8);
        assertThat(roomy.adapts()).isTrue();
        assertThat(roomy.workersReason()).isEqualTo("as the load calls for them");
        assertThat(roomy.jvmShareFlags()).as("the share of one of eight").contains("-Xmx682m");

        var tight = plan(sources, machine(4, 1), DISTRIBUTABLE);
        assertThat(tight.most()).isEqualTo(3);
        assertThat(tight.workersReason()).isEqualTo("as the load calls for them; more do not fit 1 GiB of memory");
        assertThat(tight.warnings()).isEmpty();
    }

    @Test
    void a_range_warns_of_sessions_that_go_with_a_worker() {
        var sources = Sources.in(directory)
                .flag(Settings.WORKERS, "2..8")
                .flag(Settings.SESSIONS, "memory")
                .flag(Settings.STICKY, "true");
        assertThat(plan(sources, machine(4, 8), DISTRIBUTABLE).warnings())
                .containsExactly(
                        "sessions are in the memory of the workers: when the load calls for fewer, those of whoever"
                                + " goes are gone.");
    }

    @Test
    void small_memory_still_gets_one_worker() {
        var plan = plan(Sources.in(directory), new Machine(4, 200 << 20), DISTRIBUTABLE);
        assertThat(plan.workers()).isEqualTo(1);
        assertThat(plan.workersReason()).isEqualTo("as many as fit 200 MiB of memory");
    }

    @Test
    void an_application_that_is_not_distributable_gets_one_worker() {
        var plan = plan(Sources.in(directory), machine(16, 64), DISTRIBUTABLE, SINGLE);
        assertThat(plan.workers()).isEqualTo(1);
        assertThat(plan.workersReason())
                .isEqualTo("web.xml of single.war has no <distributable/>; give --workers N if its requests may go to"
                        + " several JVMs");
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void workers_given_are_taken_with_a_warning_where_they_may_hurt() {
        var plan = plan(Sources.in(directory).flag(Settings.WORKERS, "4"), machine(2, 1), SINGLE);
        assertThat(plan.workers()).isEqualTo(4);
        assertThat(plan.workersReason()).isEqualTo("as configured");
        assertThat(plan.warnings())
                .containsExactly(
                        "single.war is not marked <distributable/> in its web.xml, but its requests go to 4 JVMs,"
                                + " as configured.",
                        "4 workers may not fit 1 GiB of memory; give fewer with --workers.");
    }

    @Test
    void sessions_in_memory_are_for_one_worker() {
        var plan = plan(Sources.in(directory).flag(Settings.SESSIONS, "memory"), machine(16, 64), DISTRIBUTABLE);
        assertThat(plan.workers()).isEqualTo(1);
        assertThat(plan.workersReason()).isEqualTo("because sessions are in the memory of one worker");
    }

    @Test
    void auto_dispatch_is_virtual() {
        var plan = plan(Sources.in(directory), machine(2, 8), DISTRIBUTABLE);
        assertThat(plan.dispatch()).isEqualTo(Dispatch.VIRTUAL);
        assertThat(plan.dispatchReason()).isEqualTo("no WAR brings native code");
        assertThat(plan.maxInflight()).isEqualTo(10_000);
    }

    @Test
    void auto_dispatch_is_threaded_for_native_code() {
        var plan = plan(
                Sources.in(directory).flag(Settings.MAX_INFLIGHT, "7").flag(Settings.WORKERS, "1"),
                machine(2, 8),
                DISTRIBUTABLE,
                NATIVE);
        assertThat(plan.dispatch()).isEqualTo(Dispatch.THREADED);
        assertThat(plan.dispatchReason()).isEqualTo("native.war brings native code, which pins virtual threads");
        assertThat(plan.threads()).isEqualTo(200);
        assertThat(plan.warnings()).containsExactly("max-inflight has no effect with dispatch=threaded.");
    }

    @Test
    void auto_dispatch_is_threaded_when_threads_are_given() {
        var plan = plan(Sources.in(directory).flag(Settings.THREADS, "7"), machine(2, 8), DISTRIBUTABLE);
        assertThat(plan.dispatch()).isEqualTo(Dispatch.THREADED);
        assertThat(plan.threads()).isEqualTo(7);
    }

    @Test
    void dispatch_given_is_taken() {
        var plan = plan(
                Sources.in(directory)
                        .flag(Settings.DISPATCH, "sync")
                        .flag(Settings.THREADS, "7")
                        .flag(Settings.WORKERS, "1"),
                machine(2, 8),
                NATIVE);
        assertThat(plan.dispatch()).isEqualTo(Dispatch.SYNC);
        assertThat(plan.dispatchReason()).isEqualTo("as configured");
        assertThat(plan.warnings())
                .containsExactly(
                        "dispatch=sync with one worker runs one request at a time.",
                        "threads has no effect with dispatch=sync.");
    }

    @ParameterizedTest
    @CsvSource({
        // cores, MiB, workers, flags
        "2,  24576, 2, '-Xmx6144m -XX:+UseSerialGC -XX:ActiveProcessorCount=1'",
        "16, 65536, 2, '-Xmx16384m -XX:ActiveProcessorCount=8'",
        "16,  4096, 2, '-Xmx1024m -XX:+UseSerialGC -XX:ActiveProcessorCount=8'",
        "4,  16384, 3, '-Xmx3072m -XX:+UseSerialGC -XX:ActiveProcessorCount=2'",
        "2,   1536, 2, '-Xmx352m -XX:+UseSerialGC -XX:ActiveProcessorCount=1'",
        "2,    512, 1, '-Xmx128m -XX:+UseSerialGC -XX:ActiveProcessorCount=2'",
        "64,524288, 4, '-Xmx31744m -XX:ActiveProcessorCount=16'",
    })
    void each_worker_is_told_its_share(int cores, long mib, String workers, String flags) {
        var sources = Sources.in(directory).flag(Settings.WORKERS, workers).flag(Settings.DISPATCH, "threaded");
        assertThat(String.join(
                        " ",
                        plan(sources, new Machine(cores, mib << 20), DISTRIBUTABLE)
                                .jvmShareFlags()))
                .isEqualTo(flags);
    }

    @Test
    void virtual_threads_always_have_two_carriers() {
        assertThat(plan(Sources.in(directory), machine(2, 8), DISTRIBUTABLE).jvmShareFlags())
                .contains("-XX:ActiveProcessorCount=1", "-Djdk.virtualThreadScheduler.parallelism=2");
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmx1g,                         -Xmx",
        "-XX:MaxHeapSize=1g,             -Xmx",
        "-XX:MaxRAMPercentage=50,        -Xmx",
        "-XX:+UseZGC,                    -XX:+UseSerialGC",
        "-XX:ActiveProcessorCount=4,     -XX:ActiveProcessorCount",
        "-Djdk.virtualThreadScheduler.parallelism=1, -Djdk.virtualThreadScheduler",
    })
    void what_the_operator_decides_is_not_decided_again(String given, String ours) {
        assertThat(plan(Sources.in(directory), machine(2, 8), DISTRIBUTABLE).jvmShareFlags())
                .anyMatch(flag -> flag.startsWith(ours));
        assertThat(plan(Sources.in(directory).flag(Settings.JAVA_OPTS, given), machine(2, 8), DISTRIBUTABLE)
                        .jvmShareFlags())
                .noneMatch(flag -> flag.startsWith(ours));
    }
}
