package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a life, and by which cause a worker is lost. */
final class HappeningTest {

    private static final Exit KILLED = new Exit.Signal(9, false);

    @Test
    void a_start_is_told_once_all_serve() {
        var world = new World(2);
        world.prepared(1, 2);
        world.happenings.clear();

        world.ready(101);
        assertThat(world.happenings).containsExactly(new Happening.WorkerReady(0, 101, 1, Duration.ZERO));
        world.ready(102);

        assertThat(world.happenings)
                .contains(new Happening.WorkerReady(1, 102, 1, Duration.ZERO), new Happening.Ready(2));
    }

    @Test
    void a_worker_that_dies_has_crashed_and_is_gone() {
        var world = World.serving(2);
        world.exits(101, KILLED);

        assertThat(world.happenings)
                .containsExactly(
                        new Happening.WorkerLost(0, 101, 1, Happening.Loss.CRASHED),
                        new Happening.WorkerExited(0, 101, 1, KILLED, Duration.ofSeconds(6)));
    }

    @Test
    void a_worker_without_a_heartbeat_was_hung() {
        var world = World.serving(2);
        world.process(101).beats = false;

        world.advance(Duration.ofSeconds(31));

        assertThat(losses(world)).containsExactly(Happening.Loss.HUNG);
    }

    @Test
    void what_an_operator_orders_is_told_as_such() {
        var world = World.serving(2);
        world.handle(new Event.Ordered(101, WorkerOrder.KILL));
        assertThat(losses(world)).containsExactly(Happening.Loss.KILLED);
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.KILL);
        world.exits(101, KILLED);
        world.allReady();
        world.happenings.clear();

        world.handle(new Event.Ordered(102, WorkerOrder.RESTART));
        assertThat(losses(world)).isEmpty();
        assertThat(world.serving()).isEqualTo(2);
        world.allReady();

        assertThat(losses(world)).containsExactly(Happening.Loss.WORN);
        assertThat(world.serving()).isEqualTo(2);
    }

    @Test
    void fewer_workers_are_a_surplus_and_a_stop_is_a_stop() {
        var world = World.serving(3);
        world.signal(MasterSignal.TTOU);
        assertThat(losses(world)).containsExactly(Happening.Loss.SURPLUS);
        world.happenings.clear();

        world.signal(MasterSignal.TERM);

        assertThat(world.happenings).contains(new Happening.Stopping());
        assertThat(losses(world)).containsExactly(Happening.Loss.STOPPED, Happening.Loss.STOPPED);
    }

    @Test
    void a_reload_is_told_when_it_is_through() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        world.allReady();
        world.drainedExit();

        assertThat(world.happenings).contains(new Happening.Reloaded(2));
        assertThat(losses(world)).containsExactly(Happening.Loss.RELEASED);
    }

    @Test
    void workers_of_a_release_that_is_taken_back_are_released() {
        var limit = Duration.ofSeconds(30);
        var keeping = new Rolling(1, Duration.ofHours(1), Optional.empty());
        var world = new World(new Settings(1, 8, limit, limit, limit, false, keeping));
        world.prepared(1, 1);
        world.allReady();
        world.signal(MasterSignal.HUP);
        world.prepared(2, 1);
        world.allReady();
        assertThat(losses(world)).containsExactly(Happening.Loss.RELEASED); // paused, but it serves no more
        world.happenings.clear();

        world.handle(new Event.Rollback());
        world.drainedExit();

        assertThat(losses(world)).containsExactly(Happening.Loss.RELEASED);
        assertThat(world.serving()).isOne();
    }

    @Test
    void a_refused_release_is_told_with_its_reason() {
        var world = World.serving(1);
        world.signal(MasterSignal.HUP);
        world.handle(new Event.PrepareFailed(2, ExitCode.DEPLOY, "no.war: not a zip", ""));

        assertThat(world.happenings).containsExactly(new Happening.Refused(2, "no.war: not a zip"));
    }

    private static List<Happening.Loss> losses(World world) {
        return world.happenings.stream()
                .filter(Happening.WorkerLost.class::isInstance)
                .map(happening -> ((Happening.WorkerLost) happening).cause())
                .toList();
    }
}
