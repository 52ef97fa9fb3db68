package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class StartTest {

    @Test
    void the_application_is_prepared_before_any_worker_is_spawned() {
        var world = new World(3);
        assertThat(world.effects).containsExactly(new Effect.Prepare(1));
        assertThat(world.pool().nextDeadline()).isEmpty();

        world.prepared(1, 3);

        assertThat(world.generations()).containsExactly(1, 1, 1);
    }

    @Test
    void the_release_says_how_many_workers_it_calls_for() {
        var world = new World(4);

        world.prepared(1, 1);

        assertThat(world.pids()).hasSize(1);
    }

    @Test
    void what_ttin_asked_for_while_preparing_stays() {
        var world = new World(1);
        world.signal(MasterSignal.TTIN);

        world.prepared(1, 4);

        assertThat(world.pids()).hasSize(2);
    }

    @Test
    void never_more_workers_are_wanted_than_the_scoreboard_has_places_but_one() {
        var world = new World(3);

        world.prepared(1, 100);

        assertThat(world.pids()).hasSize(7);
    }

    @Test
    void all_ready_is_said_once_when_the_last_worker_is_ready() {
        var world = new World(2);
        world.prepared(1, 2);
        world.ready(101);
        assertThat(world.effects(Effect.AllReady.class)).isEmpty();

        world.ready(102);
        world.exits(102, World.KILLED);
        world.advance(Duration.ofSeconds(1));
        world.ready(103);

        assertThat(world.effects(Effect.AllReady.class)).containsExactly(new Effect.AllReady(2));
    }

    @Test
    void a_ready_worker_is_logged_with_the_time_it_took() {
        var world = new World(1);
        world.prepared(1, 1);
        world.advance(Duration.ofMillis(431));

        world.ready(101);

        assertThat(world.logs(Level.INFO))
                .containsExactly(
                        "worker 0 (pid 101) boots generation=1", "worker 0 (pid 101) ready in 431 ms generation=1");
    }

    @Test
    void a_failed_preparation_stops_the_master_with_its_code() {
        var world = new World(3);

        world.handle(new Event.PrepareFailed(1, ExitCode.DEPLOY, "WEB-INF/web.xml:3:1: no", "at x"));

        assertThat(world.stops()).containsExactly(ExitCode.DEPLOY);
        assertThat(world.logs(Level.WARN)).containsExactly("starting: WEB-INF/web.xml:3:1: no. Stopping exit-code=4");
        assertThat(world.logs(Level.DEBUG)).contains("at x");
    }

    @Test
    void an_application_that_does_not_deploy_is_logged_once_and_stops_the_master() {
        var world = new World(3);
        world.prepared(1, 3);

        world.fails(102, ExitCode.DEPLOY, "no class x.Y");
        world.fails(103, ExitCode.DEPLOY, "no class x.Y");
        world.exits(103, new Exit.Code(4));
        world.exits(102, new Exit.Code(4));
        assertThat(world.stops()).isEmpty();
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
        world.exits(101, new Exit.Code(143));

        assertThat(world.logs(Level.WARN))
                .containsExactly("starting: worker 1 (pid 102) failed: no class x.Y. Stopping exit-code=4");
        assertThat(world.stops()).containsExactly(ExitCode.DEPLOY);
        assertThat(world.pool().stopped()).isTrue();
    }

    @Test
    void workers_that_hang_in_an_abandoned_start_are_killed_a_second_later() {
        var world = new World(2);
        world.prepared(1, 2);

        world.exits(101, new Exit.Code(3));
        world.advance(Duration.ofSeconds(1));

        assertThat(world.signalsTo(102)).containsExactly(WorkerSignal.TERM, WorkerSignal.KILL);
    }

    @ParameterizedTest
    @CsvSource({"0, BOOT", "1, BOOT", "3, BOOT", "4, DEPLOY", "77, BOOT"})
    void a_first_worker_that_exits_without_being_ready_stops_the_master(int status, ExitCode code) {
        var world = new World(1);
        world.prepared(1, 1);

        world.exits(101, new Exit.Code(status));

        assertThat(world.stops()).containsExactly(code);
        assertThat(world.logs(Level.ERROR)).hasSize(1).first().asString().contains("exited with code " + status);
    }

    @Test
    void a_first_worker_that_misses_the_boot_timeout_stops_the_master() {
        var world = new World(1);
        world.prepared(1, 1);

        world.advance(Duration.ofSeconds(60));
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.KILL);
        world.exits(101, World.KILLED);

        assertThat(world.stops()).containsExactly(ExitCode.BOOT);
        assertThat(world.logs(Level.WARN))
                .containsExactly("starting: worker 0 (pid 101) failed to boot within 60 s. Stopping exit-code=3");
    }

    @Test
    void a_system_that_cannot_spawn_stops_a_master_that_serves_nobody() {
        var world = new World(2);
        world.spawnsFail = true;

        world.prepared(1, 2);

        assertThat(world.stops()).containsExactly(ExitCode.SYSTEM);
        assertThat(world.logs(Level.WARN)).hasSize(1);
    }

    @Test
    void one_ready_worker_proves_the_generation_and_failures_of_others_are_retried() {
        var world = new World(2);
        world.prepared(1, 2);
        world.ready(101);

        world.fails(102, ExitCode.DEPLOY, "database says too many connections");
        world.exits(102, new Exit.Code(4));
        assertThat(world.pids()).containsExactly(101);
        world.advance(Duration.ofSeconds(1));

        assertThat(world.pids()).containsExactly(101, 103);
        assertThat(world.stops()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, true", "15, false", "11, false"})
    void a_worker_that_a_signal_ends_while_it_boots_is_retried(int signal, boolean oomKilled) {
        var world = new World(1);
        world.prepared(1, 1);

        world.exits(101, new Exit.Signal(signal, oomKilled));
        world.advance(Duration.ofMillis(999));
        assertThat(world.pids()).isEmpty();
        world.advance(Duration.ofMillis(1));

        assertThat(world.pids()).containsExactly(102);
    }

    @Test
    void a_control_c_that_reaches_a_jvm_before_it_ignores_it_does_not_count_against_the_release() {
        var world = new World(1);
        world.prepared(1, 1);

        world.exits(101, new Exit.Code(130));
        world.signal(MasterSignal.INT);

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void answers_to_a_preparation_that_nobody_waits_for_are_ignored() {
        var world = new World(1);
        world.prepared(1, 1);
        world.effects.clear();

        world.prepared(1, 5);
        world.handle(new Event.PrepareFailed(1, ExitCode.DEPLOY, "late", ""));

        assertThat(world.effects).isEqualTo(List.of());
    }
}
