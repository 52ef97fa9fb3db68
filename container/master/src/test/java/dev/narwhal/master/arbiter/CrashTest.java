package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class CrashTest {

    @Test
    void a_worker_that_lived_is_respawned_at_once_and_the_others_are_untouched() {
        var world = World.serving(2);

        world.exits(101, World.KILLED);

        assertThat(world.pids()).containsExactly(102, 103);
        assertThat(world.signalsTo(102)).isEmpty();
    }

    @Test
    void what_the_dead_worker_was_doing_is_logged_before_its_slot_is_used_again() {
        var world = World.serving(2);

        world.exits(101, World.KILLED);

        assertThat(world.effects)
                .containsExactly(
                        new Effect.LogInFlight(
                                Level.WARN,
                                0,
                                "worker 0 (pid 101) was ended by signal 9 (KILL) by somebody else than the master: out of memory?"
                                        + " Spawning another at once uptime=6s generation=1"),
                        new Effect.Vacate(0),
                        new Effect.Spawn(0, 1),
                        new Effect.Log(Level.INFO, "worker 0 (pid 103) boots generation=1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | exited with code 0, which the master did not ask for: did the application call System.exit? Spawning",
                "3 | exited with code 3: out of memory (Java heap).",
                "4 | exited with code 4, which the master did not ask for: did the application call System.exit?",
                "77 | exited with code 77, which the master did not ask for",
                "143 | exited with code 143 (sent TERM by somebody else than the master). Spawning"
            })
    void an_exit_code_is_logged_with_what_it_means(int status, String text) {
        var world = World.serving(1);

        world.exits(101, new Exit.Code(status));

        assertThat(world.logs(Level.WARN)).singleElement().asString().contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9 | true | signal 9 (KILL): out of memory (the limit of the container or machine). Spawning",
                "9 | false | signal 9 (KILL) by somebody else than the master: out of memory? Spawning",
                "11 | false | signal 11 (SEGV): the JVM crashed",
                "15 | false | signal 15 (TERM) by somebody else than the master. Spawning",
            })
    void a_signal_is_logged_with_what_it_means(int number, boolean oomKilled, String text) {
        var world = World.serving(1);

        world.exits(101, new Exit.Signal(number, oomKilled));

        assertThat(world.logs(Level.WARN)).singleElement().asString().contains(text);
    }

    @Test
    void a_worker_that_keeps_dying_young_is_respawned_ever_more_slowly() {
        var world = World.serving(1);
        world.exits(101, World.KILLED);
        var waits = new ArrayList<Long>();

        for (int pid = 102; pid < 110; pid++) {
            world.ready(pid);
            world.advance(Duration.ofSeconds(4));
            world.exits(pid, new Exit.Code(1));
            var died = world.now();
            waits.add(world.pool().nextDeadline().orElseThrow().since(died).toSeconds());
            world.advance(Duration.ofSeconds(waits.getLast()));
            assertThat(world.pids()).containsExactly(pid + 1);
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(world.logs(Level.WARN))
                .anyMatch(text -> text.contains("Spawning another in 4 s (3 died young in a row: a crash loop)"));
    }

    @Test
    void a_crash_loop_is_a_state_of_its_slot_and_leaves_the_others_alone() {
        var world = loop(2, 101);

        assertThat(world.pool().slots())
                .filteredOn(slot -> slot instanceof Slot.Backoff backoff && backoff.crashLoop())
                .hasSize(1);
        assertThat(world.signalsTo(102)).isEmpty();
        assertThat(world.pool().mode()).isInstanceOf(Mode.Running.class);
    }

    @Test
    void a_crash_loop_stops_a_server_without_a_serving_worker_if_it_is_to() {
        var world = exitingOnCrashLoop(1);

        die(world, 101, 3);

        assertThat(world.logs(Level.ERROR))
                .containsExactly("stopping: no worker serves, and in 1 of the places workers die young again and again;"
                        + " --exit-on-crash-loop is given exit-code=3");
        assertThat(world.pool().stopped()).isTrue();
        assertThat(world.effects).contains(new Effect.Stop(ExitCode.BOOT));
    }

    @Test
    void a_crash_loop_does_not_stop_a_server_that_serves() {
        var world = exitingOnCrashLoop(2);

        die(world, 101, 5);

        assertThat(world.pool().mode()).isInstanceOf(Mode.Running.class);
        assertThat(world.pids()).contains(102);
    }

    @Test
    void a_crash_loop_does_not_stop_a_server_that_tries_another_release() {
        var world = exitingOnCrashLoop(1);
        world.signal(MasterSignal.HUP);

        die(world, 101, 3);

        assertThat(world.pool().mode()).isInstanceOf(Mode.Running.class);
    }

    private static World exitingOnCrashLoop(int workers) {
        var limit = Duration.ofSeconds(30);
        var world = new World(new Settings(workers, 8, limit, limit, limit, true, Rolling.DEFAULT));
        world.prepared(1, workers);
        world.allReady();
        return world;
    }

    /** A world one of whose workers, and those in its place, die young. */
    private static World loop(int workers, int first) {
        var world = World.serving(workers);
        world.exits(first, World.KILLED);
        die(world, 100 + workers + 1, 3);
        return world;
    }

    private static void die(World world, int first, int times) {
        int pid = first;
        for (int death = 0; death < times; death++) {
            world.exits(pid, World.KILLED);
            if (death < times - 1) {
                world.advance(world.pool().nextDeadline().orElseThrow().since(world.now()));
                pid = Collections.max(world.pids());
            }
        }
    }

    @Test
    void a_worker_that_lives_long_enough_ends_the_backoff() {
        var world = World.serving(1);
        world.exits(101, World.KILLED);
        world.exits(102, World.KILLED);
        world.advance(Duration.ofSeconds(1));
        world.exits(103, World.KILLED);
        world.advance(Duration.ofSeconds(2));
        world.ready(104);
        world.advance(Duration.ofSeconds(5));

        world.exits(104, World.KILLED);
        assertThat(world.pids()).containsExactly(105);
        world.exits(105, World.KILLED);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.pids()).containsExactly(106);
    }

    @Test
    void a_slot_in_backoff_does_not_hold_up_the_respawn_of_another() {
        var world = World.serving(3);
        world.exits(101, World.KILLED);
        world.exits(104, World.KILLED);

        world.exits(102, World.KILLED);

        assertThat(world.pids()).containsExactly(103, 105);
    }

    @Test
    void a_worker_that_cannot_be_spawned_is_tried_again_later() {
        var world = World.serving(1);
        world.spawnsFail = true;
        world.exits(101, World.KILLED);
        assertThat(world.logs(Level.ERROR))
                .containsExactly("spawning worker 0: no memory. Spawning another in 1 s (1 died young in a row)");

        world.spawnsFail = false;
        world.advance(Duration.ofSeconds(1));

        assertThat(world.pids()).hasSize(1);
    }

    @Test
    void a_worker_without_a_heartbeat_gets_quit_then_kill_and_is_replaced_at_once() {
        var world = World.serving(2);
        world.process(101).beats = false;

        world.advance(Duration.ofSeconds(24));
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.QUIT);
        assertThat(world.pids()).containsExactly(101, 102, 103);
        world.advance(Duration.ofMillis(1999));
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.QUIT);
        world.advance(Duration.ofMillis(1));
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.QUIT, WorkerSignal.KILL);
        world.exits(101, World.KILLED);

        assertThat(world.effects(Effect.LogInFlight.class))
                .containsExactly(new Effect.LogInFlight(
                        Level.ERROR,
                        0,
                        "worker 0 (pid 101) sent no heartbeat for 30 s (limit 30 s);"
                                + " sending QUIT for a thread dump, then KILL in 2 s generation=1"));
        assertThat(world.pids()).containsExactly(102, 103);
    }

    @Test
    void a_heartbeat_that_is_older_than_the_last_one_changes_nothing() {
        var world = World.serving(1);
        var deadline = world.pool().nextDeadline();

        world.handle(new Event.Beat(101, world.now().plus(Duration.ofSeconds(-20))));

        assertThat(world.pool().nextDeadline()).isEqualTo(deadline);
    }

    @Test
    void a_process_that_survives_kill_is_killed_every_ten_seconds() {
        var world = World.serving(1);
        world.process(101).beats = false;
        world.advance(Duration.ofSeconds(26));

        world.advance(Duration.ofSeconds(20));

        assertThat(world.signalsTo(101))
                .containsExactly(WorkerSignal.QUIT, WorkerSignal.KILL, WorkerSignal.KILL, WorkerSignal.KILL);
        assertThat(world.logs(Level.ERROR)).anyMatch(text -> text.contains("still there 20 s after KILL"));
    }

    @Test
    void a_booting_worker_of_a_proved_generation_that_misses_its_timeout_is_killed_and_replaced() {
        var world = World.serving(2);
        world.exits(101, World.KILLED);

        world.advance(Duration.ofSeconds(60));

        assertThat(world.signalsTo(103)).containsExactly(WorkerSignal.KILL);
        assertThat(world.pids()).containsExactly(102, 103, 104);
        assertThat(world.logs(Level.ERROR))
                .containsExactly("worker 0 (pid 103) failed to boot within 60 s."
                        + " Sending KILL and spawning another generation=1");
    }

    @Test
    void a_worker_that_drains_of_its_own_accord_is_replaced_at_once() {
        var world = World.serving(1);

        world.handle(new Event.Reported(101, new WorkerMessage.Draining(3, 17)));

        assertThat(world.pids()).containsExactly(101, 102);
        assertThat(world.logs(Level.WARN))
                .containsExactly("worker 0 (pid 101) drains, which the master did not ask for."
                        + " It is replaced in-flight=3 connections=17");
    }

    @Test
    void a_worker_that_drains_as_soon_as_it_is_ready_is_replaced_with_backoff() {
        var world = World.serving(1);
        world.exits(101, World.KILLED);
        world.ready(102);

        world.handle(new Event.Reported(102, new WorkerMessage.Draining(0, 0)));
        assertThat(world.pids()).containsExactly(102);
        world.exits(102, World.OK);
        assertThat(world.pids()).isEmpty();
        world.advance(Duration.ofSeconds(1));

        assertThat(world.pids()).containsExactly(103);
    }

    @Test
    void workers_are_not_hung_because_the_master_was_stopped_too() {
        var world = World.serving(2);
        world.exits(101, World.KILLED);
        world.effects.clear();

        world.freeze(Duration.ofMinutes(10));
        assertThat(world.logs(Level.INFO))
                .containsExactly(
                        "noticing a deadline 576 s late: the master itself did not run, and perhaps no worker did."
                                + " They get 5 s more");
        world.ready(103);
        world.advance(Duration.ofMinutes(1));

        assertThat(world.signalsTo(102)).isEmpty();
        assertThat(world.signalsTo(103)).isEmpty();
    }

    @Test
    void time_in_which_the_master_stood_still_does_not_count() {
        var world = World.serving(1);
        world.exits(101, World.KILLED);
        world.ready(102);
        world.process(102).beats = false;

        world.advance(Duration.ofSeconds(20));
        world.handle(new Event.StoodStill(Duration.ofSeconds(15)));
        world.advance(Duration.ofSeconds(24));
        assertThat(world.signalsTo(102)).isEmpty();
        world.advance(Duration.ofSeconds(2));
        assertThat(world.signalsTo(102)).contains(WorkerSignal.QUIT);
    }

    @Test
    void a_worker_that_is_hung_after_the_master_was_stopped_is_found_soon() {
        var world = World.serving(1);
        world.process(101).beats = false;

        world.freeze(Duration.ofMinutes(10));
        world.advance(Duration.ofSeconds(5));

        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.QUIT);
    }

    @Test
    void an_idle_pool_wakes_up_for_heartbeats_only_and_logs_nothing() {
        var world = World.serving(4);

        world.advance(Duration.ofHours(1));

        assertThat(world.effects).isEmpty();
    }
}
