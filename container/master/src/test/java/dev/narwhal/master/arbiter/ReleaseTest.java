package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What an operator can ask of a reload: speed, a way back, and a trial. */
class ReleaseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_is_configured_for_a_release_holds_from_its_first_worker_on_and_for_all_once_it_serves() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2, new Settings(1, 8, Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofSeconds(9)));
        world.advance(Duration.ofSeconds(8));
        assertThat(world.logs(Level.ERROR)).singleElement().asString().contains("within 7 s", "refused");
        assertThat(world.pool().settings().bootTimeout()).isEqualTo(Duration.ofSeconds(60));

        world.exits(world.pids().stream().reduce((_, last) -> last).orElseThrow(), World.KILLED);
        world.signal(MasterSignal.HUP);
        world.prepared(3, 2, new Settings(1, 8, Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofSeconds(9)));
        world.allReady();
        assertThat(world.pool().settings().bootTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(world.effects(Effect.Adopt.class)).containsExactly(new Effect.Adopt(3));
    }

    @Test
    void with_surge_several_workers_are_replaced_at_once_and_never_fewer_serve() {
        var world = World.serving(4);
        reload(world, new Rolling(3, Duration.ZERO, Optional.empty()), 4);
        world.allReady(); // the first of the new ones has proved the release
        world.drainedExit();
        assertThat(world.generations())
                .hasSize(7)
                .filteredOn(generation -> generation == 2)
                .hasSize(4);
        assertThat(world.serving()).isEqualTo(4);
        finish(world);
        assertThat(world.generations()).containsExactly(2, 2, 2, 2);
        assertThat(world.pool().ledger().reloaded()).isOne();
    }

    @Test
    void a_rollback_resumes_the_kept_workers_at_once() {
        var world = World.serving(2);
        var old = List.copyOf(world.pids());
        reload(world, new Rolling(1, MINUTE, Optional.empty()), 2);
        finish(world);
        assertThat(world.generations()).containsExactly(1, 1, 2, 2);
        assertThat(world.serving()).isEqualTo(2);
        assertThat(old).allSatisfy(pid -> assertThat(world.signalsTo(pid)).containsExactly(WorkerSignal.WINCH));

        world.handle(new Event.Rollback());

        assertThat(old)
                .allSatisfy(pid -> assertThat(world.process(pid).serves()).isTrue());
        assertThat(world.serving()).isEqualTo(2);
        world.drainedExit();
        assertThat(world.generations()).containsExactly(1, 1);
        assertThat(world.pool().rollout()).isEqualTo(new Rollout.Steady(1));
        assertThat(world.pool().ledger().rolledBack()).isOne();
        assertThat(world.effects(Effect.Adopt.class)).containsExactly(new Effect.Adopt(2), new Effect.Adopt(1));

        world.handle(new Event.Rollback());
        assertThat(world.logs(Level.WARN)).last().asString().contains("no release is kept");
    }

    @Test
    void a_rollback_fills_up_for_kept_workers_that_have_died() {
        var world = World.serving(2);
        int dead = world.pids().iterator().next();
        reload(world, new Rolling(1, MINUTE, Optional.empty()), 2);
        finish(world);
        world.exits(dead, World.KILLED);
        world.handle(new Event.Rollback());
        assertThat(world.serving()).isEqualTo(2);
        finish(world);
        assertThat(world.generations()).containsExactly(1, 1);
    }

    @Test
    void kept_workers_that_are_worn_serve_again_until_others_have_taken_their_place() {
        var world = World.serving(2);
        var old = List.copyOf(world.pids());
        world.worn(old.getFirst(), "has served 500 requests");
        world.allReady();
        reload(world, new Rolling(1, MINUTE, Optional.empty()), 2);
        finish(world);
        var kept = world.pids().stream()
                .filter(pid -> world.process(pid).generation == 1)
                .toList();
        kept.forEach(pid -> world.worn(pid, "has served 500 requests"));
        assertThat(kept)
                .hasSize(2)
                .allSatisfy(pid -> assertThat(world.signalsTo(pid)).containsExactly(WorkerSignal.WINCH));

        world.handle(new Event.Rollback());
        assertThat(world.serving()).isEqualTo(2);
        finish(world);
        assertThat(world.pids()).hasSize(2).doesNotContainAnyElementsOf(kept);
        assertThat(world.generations()).containsExactly(1, 1);
    }

    @Test
    void kept_workers_end_when_their_time_is_over_and_at_the_next_reload() {
        var world = World.serving(2);
        reload(world, new Rolling(1, MINUTE, Optional.empty()), 2);
        finish(world);
        world.advance(MINUTE.plusSeconds(1));
        world.drainedExit();
        assertThat(world.generations()).containsExactly(2, 2);

        reload(world, new Rolling(1, MINUTE, Optional.empty()), 2);
        finish(world);
        world.signal(MasterSignal.HUP);
        world.drainedExit();
        assertThat(world.generations()).containsExactly(3, 3);
    }

    @Test
    void a_stop_ends_kept_workers_too() {
        var world = World.serving(1);
        reload(world, new Rolling(1, MINUTE, Optional.empty()), 1);
        finish(world);
        assertThat(world.pids()).hasSize(2);
        world.signal(MasterSignal.TERM);
        world.drainedExit();
        assertThat(world.pool().stopped()).isTrue();
    }

    @Test
    void a_canary_that_fails_is_taken_back_and_nobody_else_is_touched() {
        var world = World.serving(2);
        var old = List.copyOf(world.pids());
        int canary = canary(world);
        world.advance(Duration.ofSeconds(2));
        world.answered(canary, 99, 99); // too few to judge
        old.forEach(pid -> world.answered(pid, 200, 2));
        world.advance(Duration.ofSeconds(2));
        assertThat(world.signalsTo(canary)).isEmpty();

        world.answered(canary, 1, 1);
        world.advance(Duration.ofSeconds(2));

        assertThat(world.signalsTo(canary)).containsExactly(WorkerSignal.TERM);
        assertThat(old).allSatisfy(pid -> assertThat(world.signalsTo(pid)).isEmpty());
        assertThat(world.logs(Level.ERROR))
                .singleElement()
                .asString()
                .contains("100.0 %", "1.0 %", "Generation 1 goes on");
        assertThat(world.pool().ledger().failedCanaries()).isOne();
        world.drainedExit();
        assertThat(world.generations()).containsExactly(1, 1);
    }

    @Test
    void a_canary_that_is_as_good_as_the_others_replaces_them_after_its_window() {
        var world = World.serving(2);
        var old = List.copyOf(world.pids());
        int canary = canary(world);
        world.advance(Duration.ofSeconds(2));
        world.answered(canary, 1000, 150);
        old.forEach(pid -> world.answered(pid, 1000, 140));
        world.advance(Duration.ofSeconds(20));
        assertThat(world.pool().rollout()).isInstanceOf(Rollout.Watching.class);
        world.advance(Duration.ofSeconds(20));
        assertThat(world.pool().rollout()).isInstanceOf(Rollout.Replacing.class);
        finish(world);
        assertThat(world.generations()).containsExactly(2, 2);
    }

    @Test
    void a_canary_that_dies_hangs_or_leaves_is_a_refused_release() {
        for (int way = 0; way < 3; way++) {
            var world = World.serving(2);
            int canary = canary(world);
            switch (way) {
                case 0 -> world.exits(canary, World.KILLED);
                case 1 -> {
                    world.process(canary).beats = false;
                    world.advance(Duration.ofSeconds(31));
                }
                default -> {
                    world.process(canary).leaves = true;
                    world.handle(new Event.Reported(canary, new WorkerMessage.Draining(0, 0)));
                }
            }
            assertThat(world.pool().rollout()).isEqualTo(new Rollout.Steady(1));
            assertThat(world.pool().refusal()).isPresent();
            assertThat(world.serving()).isEqualTo(2);
        }
    }

    @Test
    void a_slow_canary_is_taken_back_if_latency_counts() {
        var rules = new Canary.Rules(MINUTE, 5, 3, 10);
        var fast = new Canary.Tally(100, 0, List.of(0L, 0L, 0L, 100L)); // within 10 ms
        var slow = new Canary.Tally(100, 0, List.of(0L, 0L, 0L, 90L, 0L, 10L)); // a tenth within 50 ms
        assertThat(Canary.fault(rules, slow, fast))
                .hasValueSatisfying(fault -> assertThat(fault).contains("50 ms"));
        assertThat(Canary.fault(rules, fast, fast)).isEmpty();
        assertThat(Canary.fault(new Canary.Rules(MINUTE, 5, 0, 10), slow, fast)).isEmpty();
        assertThat(Canary.fault(new Canary.Rules(MINUTE, 5, 5, 10), slow, fast)).isEmpty();
    }

    private static int canary(World world) {
        reload(
                world,
                new Rolling(1, Duration.ZERO, Optional.of(new Canary.Rules(Duration.ofSeconds(40), 5, 0, 100))),
                2);
        int canary = world.pids().stream().reduce((_, last) -> last).orElseThrow();
        world.ready(canary);
        assertThat(world.serving()).isEqualTo(3);
        return canary;
    }

    private static void reload(World world, Rolling rolling, int workers) {
        world.signal(MasterSignal.HUP);
        world.drainedExit();
        world.prepared(
                world.pool().generations(),
                workers,
                new Settings(
                        1, 8, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20), false, rolling));
    }

    /** Everybody does what is asked of them. */
    private static void finish(World world) {
        for (int i = 0; i < 10; i++) {
            world.allReady();
            world.drainedExit();
        }
    }
}
