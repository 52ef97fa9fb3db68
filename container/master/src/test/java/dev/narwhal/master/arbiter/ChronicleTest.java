package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.observe.Chronicle;
import dev.narwhal.master.observe.Chronicle.Change;
import dev.narwhal.master.observe.Chronicle.Kind;
import dev.narwhal.master.observe.Chronicle.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of releases by whoever watches the decisions of the arbiter. */
class ChronicleTest {

    private final Chronicle chronicle = new Chronicle();
    private final World world = new World(new Settings(
            2,
            8,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            false,
            new Rolling(1, Duration.ofMinutes(10), Optional.empty())));
    private Instant now = Instant.EPOCH;

    @Test
    void a_start_is_over_when_the_first_worker_is_ready() {
        start();

        assertThat(chronicle.changes()).containsExactly(new Change(0, Kind.START, 1, Outcome.OK, 2_000, null));
    }

    @Test
    void a_reload_is_over_when_all_workers_are_of_its_release() {
        start();
        step(() -> world.signal(MasterSignal.HUP));
        assertThat(newest()).isEqualTo(new Change(4_000, Kind.RELOAD, 2, Outcome.UNDERWAY, 0, null));

        step(() -> world.prepared(2, 2));
        step(() -> world.ready(103));
        assertThat(newest().outcome()).isEqualTo(Outcome.UNDERWAY);
        finish();

        assertThat(newest().outcome()).isEqualTo(Outcome.OK);
        assertThat(newest().tookMillis()).isPositive();
    }

    @Test
    void a_release_that_is_refused_says_why() {
        start();
        step(() -> world.signal(MasterSignal.HUP));
        step(() -> world.handle(new Event.PrepareFailed(2, ExitCode.DEPLOY, "no class x.Y", "")));

        assertThat(newest()).isEqualTo(new Change(4_000, Kind.RELOAD, 2, Outcome.REFUSED, 1_000, "no class x.Y"));
    }

    @Test
    void a_reload_that_an_operator_calls_off_is_rolled_back() {
        start();
        step(() -> world.signal(MasterSignal.HUP));
        step(() -> world.handle(new Event.Rollback()));

        assertThat(chronicle.changes()).hasSize(2);
        assertThat(newest().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void a_rollback_is_a_change_of_its_own() {
        start();
        step(() -> world.signal(MasterSignal.HUP));
        step(() -> world.prepared(2, 2));
        step(() -> world.ready(103));
        finish();
        step(() -> world.handle(new Event.Rollback()));
        finish();

        assertThat(newest().kind()).isEqualTo(Kind.ROLLBACK);
        assertThat(newest().generation()).isEqualTo(1);
        assertThat(newest().outcome()).isEqualTo(Outcome.OK);
        assertThat(chronicle.changes().get(1).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void an_upgrade_that_fails_says_why_and_one_that_does_not_is_ok() {
        start();
        step(() -> world.signal(MasterSignal.USR2));
        step(() -> world.handle(new Event.Succession(new Successor.NotStarted("no such file"))));
        assertThat(newest()).isEqualTo(new Change(4_000, Kind.UPGRADE, 2, Outcome.FAILED, 1_000, "no such file"));

        step(() -> world.signal(MasterSignal.USR2));
        step(() -> world.handle(new Event.Succession(new Successor.Started(900))));
        step(() -> world.handle(new Event.Succession(new Successor.Ready())));
        assertThat(newest().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void only_the_newest_are_kept() {
        start();
        for (int generation = 2; generation < 60; generation++) {
            int failed = generation;
            step(() -> world.signal(MasterSignal.HUP));
            step(() -> world.handle(new Event.PrepareFailed(failed, ExitCode.DEPLOY, "no", "")));
        }

        assertThat(chronicle.changes()).hasSize(20);
        assertThat(newest().generation()).isEqualTo(59);
    }

    private void start() {
        chronicle.started(1, now);
        step(() -> world.prepared(1, 2));
        step(() -> world.ready(101));
        step(() -> world.ready(102));
    }

    /** Whatever boots is ready and whatever drains ends, until nothing does. */
    private void finish() {
        while (!(world.pool().rollout() instanceof Rollout.Steady)) {
            var before = world.pool();
            for (var slot : before.slots()) {
                if (slot instanceof Slot.Booting booting) {
                    step(() -> world.ready(booting.worker().pid()));
                } else if (slot instanceof Slot.Draining draining) {
                    step(() -> world.exits(draining.worker().pid(), World.OK));
                }
            }
            if (world.pool().equals(before)) {
                throw new AssertionError("nothing moves: " + before);
            }
        }
    }

    private void step(Runnable fact) {
        now = now.plusSeconds(1);
        var before = world.pool();
        fact.run();
        chronicle.see(before, world.pool(), now);
    }

    private Change newest() {
        return chronicle.changes().getFirst();
    }
}
