package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TargetTest {

    @Test
    void ttin_adds_a_worker_and_ttou_drains_the_oldest() {
        var world = World.serving(2);
        world.signal(MasterSignal.TTIN);
        assertThat(world.pids()).containsExactly(101, 102, 103);
        world.ready(103);

        world.signal(MasterSignal.TTOU);

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
        assertThat(world.serving()).isEqualTo(2);
        assertThat(world.logs(Level.INFO))
                .contains(
                        "TTIN: workers wanted: 3, before 2",
                        "TTOU: workers wanted: 2, before 3",
                        "draining worker 0 (pid 101): workers wanted: 2. It has 20 s generation=1");
    }

    @Test
    void ttou_takes_a_booting_worker_before_one_that_serves() {
        var world = World.serving(2);
        world.signal(MasterSignal.TTIN);

        world.signal(MasterSignal.TTOU);

        assertThat(world.signalsTo(103)).containsExactly(WorkerSignal.TERM);
        assertThat(world.serving()).isEqualTo(2);
    }

    @Test
    void the_last_worker_stays() {
        var world = World.serving(1);

        world.signal(MasterSignal.TTOU);

        assertThat(world.serving()).isEqualTo(1);
    }

    @Test
    void the_scoreboard_bounds_the_target() {
        var world = World.serving(7);

        world.signal(MasterSignal.TTIN);

        assertThat(world.pids()).hasSize(7);
        assertThat(world.logs(Level.INFO)).containsExactly("TTIN: workers wanted: still 7");
    }

    @Test
    void a_reload_keeps_what_ttin_asked_for() {
        var world = World.serving(1);
        world.signal(MasterSignal.TTIN);
        world.allReady();
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        for (int i = 0; i < 3; i++) {
            world.allReady();
            world.drainedExit();
        }

        assertThat(world.generations()).containsExactly(2, 2);
    }

    @Test
    void ttin_and_ttou_during_a_reload_count_at_once() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);

        world.signal(MasterSignal.TTIN);
        assertThat(world.generations()).containsExactly(1, 1, 2, 1);
        world.signal(MasterSignal.TTOU);

        assertThat(world.pids()).hasSize(4);
        world.drainedExit();
        assertThat(world.pids()).hasSize(3);
    }

    @Test
    void workers_that_drain_do_not_hold_up_a_replacement() {
        var world = World.serving(3);
        world.signal(MasterSignal.TTOU);
        world.signal(MasterSignal.TTOU);

        world.exits(103, World.KILLED);

        assertThat(world.pids()).containsExactly(101, 102, 104);
    }

    @Test
    void winch_drains_all_and_waits() {
        var world = World.serving(2);

        world.signal(MasterSignal.WINCH);
        world.drainedExit();
        world.advance(Duration.ofMinutes(10));

        assertThat(world.pids()).isEmpty();
        assertThat(world.stops()).isEmpty();
        assertThat(world.pool().nextDeadline()).isEmpty();
    }

    @Test
    void ttin_after_winch_brings_back_one_worker() {
        var world = World.serving(2);
        world.signal(MasterSignal.WINCH);
        world.drainedExit();
        world.signal(MasterSignal.TTOU);
        assertThat(world.pids()).isEmpty();

        world.signal(MasterSignal.TTIN);

        assertThat(world.generations()).containsExactly(1);
    }

    @Test
    void hup_after_winch_brings_back_the_configured_workers_and_reloads() {
        var world = World.serving(2);
        world.signal(MasterSignal.WINCH);
        world.drainedExit();

        world.signal(MasterSignal.HUP);
        assertThat(world.generations()).containsExactly(1, 1);
        world.allReady();
        world.prepared(2, 2);
        for (int i = 0; i < 3; i++) {
            world.allReady();
            world.drainedExit();
        }

        assertThat(world.generations()).containsExactly(2, 2);
    }

    @Test
    void winch_during_a_reload_ends_the_new_worker_too_and_hup_takes_it_up_again() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);

        world.signal(MasterSignal.WINCH);
        world.drainedExit();
        assertThat(world.pids()).isEmpty();
        world.signal(MasterSignal.HUP);

        assertThat(world.generations()).containsExactly(1, 2);
    }

    @Test
    void usr1_reaches_the_master_and_every_worker_that_writes_logs() {
        var world = World.serving(2);
        world.exits(101, World.KILLED);

        world.signal(MasterSignal.USR1);
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.USR1);
        assertThat(world.signalsTo(103)).as("the JVM may not handle it yet").isEmpty();
        world.ready(103);

        assertThat(world.signalsTo(103)).containsExactly(WorkerSignal.USR1);
    }
}
