package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ReloadTest {

    @Test
    void the_old_workers_serve_while_the_next_generation_is_prepared() {
        var world = World.serving(2);

        world.signal(MasterSignal.HUP);

        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(2));
        assertThat(world.serving()).isEqualTo(2);
    }

    @Test
    void workers_are_replaced_one_after_the_other_the_oldest_first() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        assertThat(world.generations()).containsExactly(1, 1, 2);
        assertThat(world.serving()).isEqualTo(2);

        world.ready(103);
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
        assertThat(world.signalsTo(102)).isEmpty();
        assertThat(world.pids()).as("no fourth process while one drains").hasSize(3);
        world.exits(101, World.OK);
        assertThat(world.generations()).containsExactly(1, 2, 2);

        world.ready(104);
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM);
        world.exits(102, World.OK);

        assertThat(world.generations()).containsExactly(2, 2);
        assertThat(world.pool().rollout()).isEqualTo(new Rollout.Steady(2));
        assertThat(world.logs(Level.INFO)).contains("reloaded: all workers are of generation 2 workers=2");
    }

    @Test
    void a_broken_release_is_refused_and_the_old_one_serves_on() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);

        world.fails(103, ExitCode.DEPLOY, "no class x.Y");
        world.exits(103, new Exit.Code(4));
        world.advance(Duration.ofMinutes(5));

        assertThat(world.generations()).containsExactly(1, 1);
        assertThat(world.serving()).isEqualTo(2);
        assertThat(world.logs(Level.WARN))
                .containsExactly("reloading: refused, worker 2 (pid 103) failed: no class x.Y."
                        + " Generation 1 goes on serving generation=2");
        assertThat(world.stops()).isEmpty();
    }

    @Test
    void a_release_that_cannot_be_prepared_is_refused() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);

        world.handle(new Event.PrepareFailed(2, ExitCode.DEPLOY, "shop.war: not a zip", ""));

        assertThat(world.pids()).containsExactly(101);
        assertThat(world.logs(Level.ERROR))
                .containsExactly("reloading: refused, shop.war: not a zip. Generation 1 goes on serving generation=2");
    }

    @Test
    void a_release_that_does_not_boot_in_time_is_refused_and_killed() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);

        world.advance(Duration.ofSeconds(60));

        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.KILL);
        world.exits(102, World.KILLED);
        assertThat(world.pids()).containsExactly(101);
        assertThat(world.serving()).isEqualTo(1);
    }

    @Test
    void a_new_release_that_cannot_be_spawned_is_refused() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.spawnsFail = true;

        world.prepared(2, 1);

        assertThat(world.logs(Level.ERROR))
                .singleElement()
                .asString()
                .contains("refused, spawning worker 1: no memory");
    }

    @Test
    void a_refused_release_does_not_use_up_the_next_ones_number() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.handle(new Event.PrepareFailed(2, ExitCode.DEPLOY, "no", ""));

        world.signal(MasterSignal.HUP);
        world.prepared(3, 1);
        world.ready(102);
        world.drainedExit();

        assertThat(world.generations()).containsExactly(3);
    }

    @Test
    void until_the_new_release_was_ready_a_dead_worker_is_replaced_by_an_old_one() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.exits(101, World.KILLED);
        assertThat(world.generations()).containsExactly(1, 1);

        world.prepared(2, 2);
        world.exits(102, World.KILLED);

        assertThat(world.generations()).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void once_the_new_release_was_ready_a_dead_worker_is_replaced_by_a_new_one() {
        var world = World.serving(3);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 3);
        world.ready(104);

        world.exits(103, World.KILLED);

        assertThat(world.process(105).generation).isEqualTo(2);
    }

    @Test
    void an_old_worker_that_boots_is_dropped_when_the_new_release_is_ready() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        world.exits(101, World.KILLED);

        world.ready(103);

        assertThat(world.signalsTo(104)).containsExactly(WorkerSignal.TERM);
        assertThat(world.serving()).isEqualTo(2);
    }

    @Test
    void a_later_worker_of_the_new_release_that_fails_is_retried_with_backoff() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        world.ready(103);
        world.exits(101, World.OK);

        world.exits(104, new Exit.Code(4));
        assertThat(world.generations()).containsExactly(1, 2);
        assertThat(world.serving()).isEqualTo(2);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.generations()).containsExactly(1, 2, 2);
    }

    @Test
    void a_new_worker_that_a_signal_ends_is_retried_and_meanwhile_old_ones_are_replaced_at_once() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);

        world.exits(103, World.KILLED);
        world.exits(101, World.KILLED);
        assertThat(world.generations()).containsExactly(1, 1);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.generations()).containsExactly(1, 1, 2);
    }

    @Test
    void a_release_that_mends_a_crash_loop_does_not_wait_for_it() {
        var world = World.serving(1);
        for (int pid = 101; pid < 106; pid++) {
            world.exits(pid, World.KILLED);
            if (pid > 101) {
                world.advance(world.pool().nextDeadline().orElseThrow().since(world.now()));
            }
        }
        world.exits(106, World.KILLED);

        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        assertThat(world.generations()).containsExactly(2);
        world.ready(107);
        world.advance(Duration.ofMinutes(2));

        assertThat(world.generations()).containsExactly(2);
    }

    @Test
    void hups_during_a_reload_are_one_more_reload_after_it() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        world.signal(MasterSignal.HUP);
        assertThat(world.effects(Effect.Prepare.class)).hasSize(1);

        world.ready(102);
        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(2), new Effect.Prepare(3));
        world.drainedExit();
        world.prepared(3, 1);
        world.ready(103);
        world.drainedExit();

        assertThat(world.generations()).containsExactly(3);
        assertThat(world.effects(Effect.Prepare.class)).hasSize(2);
    }

    @Test
    void a_hup_while_the_first_release_is_prepared_follows_its_start() {
        var world = new World(1);
        world.signal(MasterSignal.HUP);
        world.prepared(1, 1);
        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(1));

        world.ready(101);

        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(1), new Effect.Prepare(2));
    }

    @Test
    void a_hup_after_a_refused_reload_is_tried_again() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.signal(MasterSignal.HUP);

        world.handle(new Event.PrepareFailed(2, ExitCode.DEPLOY, "no", ""));

        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(2), new Effect.Prepare(3));
    }

    @Test
    void an_old_worker_that_does_not_finish_is_killed_and_the_reload_goes_on() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        world.ready(103);

        world.advance(Duration.ofSeconds(20));

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM, WorkerSignal.KILL);
        assertThat(world.effects(Effect.LogInFlight.class))
                .singleElement()
                .satisfies(log -> assertThat(log.text())
                        .contains("not done after 20 s; sending KILL, which cuts off what is in flight"));
        assertThat(world.generations()).containsExactly(1, 1, 2, 2);
    }

    @Test
    void a_release_that_calls_for_another_number_of_workers_gets_it_once_it_is_proved() {
        var world = World.serving(3);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        assertThat(world.serving()).isEqualTo(3);

        world.ready(104);

        world.drainedExit();
        assertThat(world.generations()).containsExactly(2);
    }
}
