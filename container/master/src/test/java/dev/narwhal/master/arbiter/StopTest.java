package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class StopTest {

    @Test
    void term_drains_all_workers_and_stops_when_the_last_has_ended() {
        var world = World.serving(2);

        world.signal(MasterSignal.TERM);
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM);
        world.exits(101, World.OK);
        assertThat(world.stops()).isEmpty();
        world.exits(102, World.OK);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
        assertThat(world.effects.getLast()).isEqualTo(new Effect.Stop(ExitCode.OK));
        assertThat(world.pool().stopped()).isTrue();
        assertThat(world.pool().nextDeadline()).isEmpty();
    }

    @Test
    void what_is_not_done_within_the_graceful_timeout_is_killed_and_named() {
        var world = World.serving(2);
        world.signal(MasterSignal.TERM);
        world.exits(101, World.OK);

        world.advance(Duration.ofMillis(19_999));
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM);
        world.advance(Duration.ofMillis(1));

        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM, WorkerSignal.KILL);
        assertThat(world.effects(Effect.LogInFlight.class))
                .containsExactly(new Effect.LogInFlight(
                        Level.WARN,
                        1,
                        "draining worker 1 (pid 102): not done after 20 s; sending KILL, which cuts off what is in flight"
                                + " generation=1"));
        world.exits(102, World.KILLED);
        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void int_gives_workers_a_second() {
        var world = World.serving(1);

        world.signal(MasterSignal.INT);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM, WorkerSignal.KILL);
    }

    @Test
    void int_makes_a_graceful_stop_quick() {
        var world = World.serving(1);
        world.signal(MasterSignal.TERM);
        world.advance(Duration.ofSeconds(5));

        world.signal(MasterSignal.INT);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM, WorkerSignal.KILL);
    }

    @Test
    void a_second_term_changes_nothing() {
        var world = World.serving(1);
        world.signal(MasterSignal.TERM);
        var before = world.pool();
        world.effects.clear();

        world.signal(MasterSignal.TERM);

        assertThat(world.pool()).isEqualTo(before);
        assertThat(world.effects).isEmpty();
    }

    @Test
    void other_signals_cannot_revive_a_master_that_stops() {
        var world = World.serving(1);
        world.signal(MasterSignal.TERM);

        for (var signal : List.of(MasterSignal.HUP, MasterSignal.TTIN, MasterSignal.TTOU, MasterSignal.WINCH)) {
            world.signal(signal);
        }
        world.exits(101, World.OK);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
        assertThat(world.effects(Effect.Prepare.class)).isEmpty();
    }

    @Test
    void term_before_the_first_preparation_is_done_stops_at_once() {
        var world = new World(2);

        world.signal(MasterSignal.TERM);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void term_while_workers_boot_ends_them_and_their_exits_are_no_failure() {
        var world = new World(2);
        world.prepared(1, 2);

        world.signal(MasterSignal.TERM);
        world.exits(101, new Exit.Code(143));
        world.fails(102, ExitCode.BOOT, "interrupted");
        world.exits(102, new Exit.Code(3));

        assertThat(world.stops()).containsExactly(ExitCode.OK);
        assertThat(world.logs(Level.WARN)).isEmpty();
    }

    @Test
    void term_during_a_reload_ends_both_generations() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        world.ready(103);

        world.signal(MasterSignal.TERM);

        assertThat(world.pids())
                .hasSize(3)
                .allSatisfy(pid -> assertThat(world.signalsTo(pid)).containsExactly(WorkerSignal.TERM));
        world.drainedExit();
        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void term_while_the_next_release_is_prepared_does_not_wait_for_it() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);

        world.signal(MasterSignal.TERM);
        world.drainedExit();
        world.prepared(2, 1);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
        assertThat(world.pids()).isEmpty();
    }

    @Test
    void term_does_not_wait_for_a_backoff() {
        var world = World.serving(1);
        world.exits(101, World.KILLED);
        world.exits(102, World.KILLED);
        assertThat(world.pids()).isEmpty();

        world.signal(MasterSignal.TERM);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void term_while_paused_stops_at_once() {
        var world = World.serving(1);
        world.signal(MasterSignal.WINCH);
        world.drainedExit();

        world.signal(MasterSignal.TERM);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void term_while_a_hung_worker_prints_its_threads_still_ends_it() {
        var world = World.serving(1);
        world.process(101).beats = false;
        world.advance(Duration.ofSeconds(25));

        world.signal(MasterSignal.TERM);
        world.advance(Duration.ofSeconds(2));
        world.exits(101, World.KILLED);
        world.drainedExit();

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void a_worker_whose_spawn_is_answered_after_term_is_ended_too() {
        var pool = Pool.start(
                        new Settings(1, 2, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20)))
                .pool();
        var now = new Moment(0);
        pool = pool.handle(new Event.Prepared(1, 1), now).pool();
        pool = pool.handle(new Event.Signalled(MasterSignal.TERM), now).pool();
        assertThat(pool.stopped()).isFalse();

        var step = pool.handle(new Event.Spawned(0, 7), now);

        assertThat(step.effects()).contains(new Effect.Signal(7, WorkerSignal.TERM));
    }
}
