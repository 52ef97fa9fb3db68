package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LeaderTest {

    @Test
    void nobody_leads_before_a_worker_is_ready() {
        var world = new World(2);
        world.prepared(1, 2);

        assertThat(world.pool().leader()).isEmpty();
    }

    @Test
    void whoever_was_ready_first_leads_until_it_is_gone() {
        var world = World.serving(3);
        int leader = leader(world);

        world.exits(leader, new Exit.Signal(9, false));
        int next = leader(world);
        world.allReady();

        assertThat(next).isNotEqualTo(leader);
        assertThat(leader(world)).isEqualTo(next);
    }

    @Test
    void the_lead_leaves_a_worker_that_drains_at_once() {
        var world = World.serving(2);
        int leader = leader(world);

        world.handle(new Event.Ordered(leader, WorkerOrder.RESTART));
        assertThat(leader(world)).isEqualTo(leader);
        world.allReady();

        assertThat(world.signalsTo(leader)).containsExactly(WorkerSignal.TERM);
        assertThat(leader(world)).isNotEqualTo(leader);
    }

    @Test
    void a_release_that_has_proved_itself_leads() {
        var world = World.serving(2);
        world.signal(MasterSignal.HUP);
        world.prepared(2, 2);
        int before = leader(world);
        assertThat(world.process(before).generation).isOne();

        world.allReady();

        assertThat(world.process(leader(world)).generation).isEqualTo(2);
    }

    @Test
    void nobody_leads_when_the_server_stops() {
        var world = World.serving(2);

        world.signal(MasterSignal.TERM);

        assertThat(world.pool().leader()).isEmpty();
    }

    private static int leader(World world) {
        return world.pool().leader().map(Worker::pid).orElseThrow();
    }
}
