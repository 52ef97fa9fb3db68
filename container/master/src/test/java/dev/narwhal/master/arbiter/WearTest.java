package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Workers that have reached a limit are replaced: the new one first, one at a time. */
class WearTest {

    @Test
    void a_worn_worker_serves_until_another_one_is_ready() {
        var world = World.serving(2);

        world.worn(102, "has served 500 requests");

        assertThat(world.pids()).containsExactly(101, 102, 103);
        assertThat(world.signalsTo(102)).isEmpty();
        world.ready(103);
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM);
        assertThat(world.signalsTo(101)).isEmpty();
        world.exits(102, World.OK);
        world.advance(Duration.ofMinutes(1));
        assertThat(world.pids()).containsExactly(101, 103);
        assertThat(world.logs(Level.INFO))
                .contains(
                        "worker 1 (pid 102) is to be replaced: it has served 500 requests generation=1",
                        "draining worker 1 (pid 102): it has served 500 requests. It has 20 s generation=1");
    }

    @Test
    void a_worker_with_a_stuck_thread_prints_its_threads_and_is_replaced() {
        var world = World.serving(2);

        world.stuck(102, "goes on with GET /loop");

        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.QUIT);
        world.ready(103);
        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.QUIT, WorkerSignal.TERM);
        assertThat(world.logs(Level.WARN))
                .contains("worker 1 (pid 102) is to be replaced: it goes on with GET /loop. "
                        + "Sending QUIT for a thread dump generation=1");
    }

    @Test
    void several_are_replaced_one_by_one() {
        var world = World.serving(3);
        for (int pid : new int[] {101, 102, 103}) {
            world.worn(pid, "is old");
        }
        for (int replaced = 0; replaced < 3; replaced++) {
            assertThat(world.pids()).hasSize(4);
            world.allReady();
            assertThat(world.serving()).isEqualTo(3);
            assertThat(world.pids()).as("nobody boots while somebody drains").hasSize(4);
            world.drainedExit();
        }

        assertThat(world.pids()).containsExactly(104, 105, 106);
    }

    @Test
    void what_is_said_twice_is_done_once() {
        var world = World.serving(1);
        world.worn(101, "is old");
        world.worn(101, "is older");
        world.allReady();
        world.drainedExit();

        assertThat(world.pids()).containsExactly(102);
        assertThat(world.logs(Level.INFO)).noneMatch(line -> line.contains("older"));
    }

    @Test
    void a_replacement_that_does_not_boot_leaves_the_worn_worker_serving() {
        var world = World.serving(1);
        world.worn(101, "is old");
        world.exits(102, World.KILLED);

        assertThat(world.serving()).isOne();
        assertThat(world.signalsTo(101)).isEmpty();
        world.advance(Duration.ofMinutes(2));
        world.allReady();
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
    }

    @Test
    void a_worker_with_far_too_much_memory_is_killed_and_replaced_at_once() {
        var world = World.serving(2);
        world.worn(101, "has 200 MiB");
        world.exceeds(101, "has 600 MiB in memory, of 500");

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.KILL);
        world.exits(101, World.KILLED);
        world.allReady();
        assertThat(world.serving()).isEqualTo(2);
    }

    @Test
    void a_reload_replaces_worn_workers_anyway() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        world.worn(101, "is old");
        for (int i = 0; i < 4; i++) {
            world.allReady();
            world.drainedExit();
        }

        assertThat(world.generations()).containsExactly(2, 2);
        assertThat(world.pool().rollout()).isInstanceOf(Rollout.Steady.class);
    }
}
