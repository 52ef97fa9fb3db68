package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The number of workers under curves of load. */
class AdaptationTest {

    private static final Duration GROW = Duration.ofSeconds(3);
    private static final Duration SHRINK = Duration.ofMinutes(5);
    private static final Load NOTHING = new Load(0, 0, Duration.ZERO, Map.of(), Long.MAX_VALUE, false);
    private static final Load QUEUE = new Load(4, 0, Duration.ZERO, Map.of(), Long.MAX_VALUE, false);

    private static Settings settings(int least, int most) {
        return new Settings(least, 20, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20))
                .with(new Elastic(least, most, 10, 8, 1, GROW, SHRINK));
    }

    private static World serving(int least, int most) {
        var world = new World(settings(least, most));
        world.prepared(1, least, settings(least, most));
        world.allReady();
        world.advance(Duration.ofSeconds(6));
        world.effects.clear();
        world.happenings.clear();
        return world;
    }

    /** Lets time pass; new workers get ready and old ones drain within a second. */
    private static void pass(World world, Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            world.advance(Duration.ofSeconds(1));
            world.allReady();
            world.drainedExit();
        }
    }

    private static List<Happening> adapted(World world) {
        return world.happenings.stream()
                .filter(each -> each instanceof Happening.Adapted || each instanceof Happening.Held)
                .toList();
    }

    @Test
    void connections_that_wait_bring_one_worker_after_the_other() {
        var world = serving(2, 4);
        world.load = QUEUE;

        world.advance(Duration.ofSeconds(3));
        assertThat(world.pids())
                .as("not before they have waited for long enough")
                .hasSize(2);
        world.advance(Duration.ofMinutes(1));
        assertThat(world.pids()).as("one at a time: the third boots").hasSize(3);
        pass(world, Duration.ofSeconds(6));
        assertThat(world.serving()).isEqualTo(4);
        pass(world, Duration.ofMinutes(2));

        assertThat(world.serving()).isEqualTo(4);
        assertThat(world.logs(Level.INFO))
                .contains(
                        "adapting: workers wanted: 3, before 2: connections wait for a worker queued=4 wait=0ms"
                                + " busy=0% cores=0.0",
                        "adapting: workers wanted: still 4, although connections wait for a worker: --workers and the"
                                + " memory allow no more queued=4 wait=0ms busy=0% cores=0.0");
        assertThat(adapted(world))
                .containsExactly(
                        new Happening.Adapted(2, 3, Demand.Call.QUEUED),
                        new Happening.Adapted(3, 4, Demand.Call.QUEUED),
                        new Happening.Held(Demand.Held.MOST));
    }

    @Test
    void a_peak_that_is_over_sooner_brings_nobody() {
        var world = serving(2, 4);
        for (int peak = 0; peak < 20; peak++) {
            world.load = QUEUE;
            world.advance(Duration.ofSeconds(2));
            world.load = NOTHING;
            world.advance(Duration.ofSeconds(1));
        }

        assertThat(world.pids()).hasSize(2);
    }

    @Test
    void requests_that_wait_for_a_thread_bring_a_worker() {
        var world = serving(1, 4);
        for (int second = 1; second <= 5; second++) {
            world.load = new Load(0, 10L * second, Duration.ofMillis(600L * second), Map.of(), Long.MAX_VALUE, false);
            world.advance(Duration.ofSeconds(1));
        }

        assertThat(adapted(world)).containsExactly(new Happening.Adapted(1, 2, Demand.Call.WAITING));
    }

    @Test
    void busy_permits_or_processors_bring_a_worker() {
        var byPermits = serving(1, 4);
        byPermits.inFlight = 10;
        byPermits.advance(Duration.ofSeconds(15));
        var byProcessors = serving(1, 4);
        byProcessors.cores = 0.95;
        byProcessors.advance(Duration.ofSeconds(15));

        assertThat(adapted(byPermits)).containsExactly(new Happening.Adapted(1, 2, Demand.Call.BUSY));
        assertThat(adapted(byProcessors)).containsExactly(new Happening.Adapted(1, 2, Demand.Call.BUSY));
    }

    @Test
    void workers_go_slowly_one_after_the_other_and_never_below_the_least() {
        var world = serving(2, 4);
        world.load = QUEUE;
        pass(world, Duration.ofSeconds(20));
        world.load = NOTHING;
        world.happenings.clear();
        var serving = new ArrayList<Long>();
        for (int minute = 0; minute < 20; minute++) {
            pass(world, Duration.ofMinutes(1));
            serving.add(world.serving());
        }

        assertThat(serving.subList(0, 12)).containsExactly(4L, 4L, 4L, 4L, 4L, 3L, 3L, 3L, 3L, 3L, 2L, 2L);
        assertThat(serving.subList(12, 20)).containsOnly(2L);
        assertThat(adapted(world))
                .containsExactly(
                        new Happening.Adapted(4, 3, Demand.Call.ENOUGH),
                        new Happening.Adapted(3, 2, Demand.Call.ENOUGH));
    }

    @Test
    void a_load_that_fewer_could_hardly_bear_keeps_all() {
        var world = serving(2, 4);
        world.signal(MasterSignal.TTIN);
        world.allReady();
        world.inFlight = 4; // 3 workers do 40 % of what they can; 2 would do 60 %

        pass(world, Duration.ofMinutes(30));

        assertThat(world.serving()).isEqualTo(3);
    }

    @Test
    void a_load_that_swings_around_any_threshold_does_not_make_the_number_swing() {
        for (int most = 4; most <= 10; most++) {
            var world = serving(2, 10);
            int total = most;
            for (int second = 0; second < 3600; second++) {
                // the same work, shared by however many there are, 30 % up and down every ten seconds
                double work = total * (second / 10 % 2 == 0 ? 0.9 : 0.5);
                world.inFlight = (int) Math.min(10, Math.round(10 * work / Math.max(1, world.serving())));
                pass(world, Duration.ofSeconds(1));
            }
            assertThat(adapted(world).stream()
                            .filter(each ->
                                    each instanceof Happening.Adapted(int before, int after, var _) && after < before))
                    .as("how often one was taken away that was needed again, with work for %d", total)
                    .isEmpty();
        }
    }

    @Test
    void processors_that_are_used_up_and_memory_that_is_not_there_hold_it() {
        var world = serving(2, 10);
        world.load = QUEUE;
        world.cores = 3.5; // two workers use 7 of 8
        world.advance(Duration.ofSeconds(10));
        world.cores = 0;
        world.load = new Load(4, 0, Duration.ZERO, Map.of(), 90 << 20, false);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.pids()).hasSize(2);

        world.load = QUEUE;
        world.advance(Duration.ofSeconds(1));

        assertThat(adapted(world))
                .containsExactly(
                        new Happening.Held(Demand.Held.CPU),
                        new Happening.Held(Demand.Held.MEMORY),
                        new Happening.Adapted(2, 3, Demand.Call.QUEUED));
        assertThat(world.logs(Level.WARN))
                .anyMatch(line -> line.contains("another would need about 100 MiB, and 90 MiB are free"));
    }

    @Test
    void nothing_moves_while_a_release_rolls_or_an_operator_has_paused_all() {
        var world = serving(2, 4);
        world.load = QUEUE;
        world.signal(MasterSignal.HUP);
        world.advance(Duration.ofMinutes(1));
        world.prepared(2, 2, settings(2, 4));
        world.advance(Duration.ofSeconds(50));
        assertThat(adapted(world)).isEmpty();
        pass(world, Duration.ofSeconds(3));
        world.load = new Load(4, 0, Duration.ZERO, Map.of(), Long.MAX_VALUE, true);
        pass(world, Duration.ofMinutes(10));

        assertThat(adapted(world)).isEmpty();
        assertThat(world.generations()).containsExactly(2, 2);
    }

    @Test
    void time_that_nobody_ran_in_is_no_time_of_waiting() {
        var world = serving(2, 4);
        world.load = QUEUE;
        world.advance(Duration.ofSeconds(2));

        world.freeze(Duration.ofMinutes(1));
        world.advance(Duration.ofSeconds(2));

        assertThat(world.pids()).hasSize(2);
    }

    @Test
    void an_operator_moves_the_target_within_the_bounds_and_a_reload_keeps_it() {
        var world = serving(2, 3);
        world.signal(MasterSignal.TTOU);
        assertThat(world.pool().target()).isEqualTo(2);
        world.signal(MasterSignal.TTIN);
        world.signal(MasterSignal.TTIN);
        assertThat(world.pool().target()).isEqualTo(3);
        world.allReady();

        world.signal(MasterSignal.HUP);
        world.prepared(2, 2, settings(2, 3));
        pass(world, Duration.ofSeconds(5));

        assertThat(world.generations()).containsExactly(2, 2, 2);
    }

    @Test
    void a_release_with_other_bounds_brings_the_number_between_them() {
        var world = serving(2, 8);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 4, settings(4, 8));
        pass(world, Duration.ofSeconds(8));
        assertThat(world.generations()).containsExactly(2, 2, 2, 2);

        world.signal(MasterSignal.HUP);
        world.handle(new Event.Prepared(
                3,
                1,
                Optional.of(
                        new Settings(1, 20, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20)))));
        pass(world, Duration.ofSeconds(8));

        assertThat(world.generations()).as("a fixed number again").containsExactly(3);
        assertThat(world.pool().look()).isEmpty();
    }

    @Test
    void an_upgrade_hands_over_what_the_load_or_an_operator_has_called_for() {
        var world = serving(2, 4);
        world.signal(MasterSignal.TTIN);
        world.allReady();
        assertThat(world.pool().asked()).hasValue(3);

        var successor = Pool.start(settings(1, 20), world.pool().asked(), 7).pool();
        var next = successor
                .handle(new Event.Prepared(8, 2, Optional.of(settings(2, 4))), world.now())
                .pool();
        assertThat(next.target()).isEqualTo(3);
        assertThat(next.handle(new Event.Bequeathed(OptionalInt.of(4)), world.now())
                        .pool()
                        .target())
                .as("after another TTIN, while it started")
                .isEqualTo(4);
    }

    @Test
    void a_number_that_is_the_configured_one_is_not_handed_over() {
        assertThat(World.serving(2).pool().asked()).isEmpty();
    }
}
