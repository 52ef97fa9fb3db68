package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class UpgradeTest {

    private static final int SUCCESSOR = 900;

    @Test
    void this_master_leaves_when_the_workers_of_the_new_one_are_ready() {
        var world = begun();
        world.handle(new Event.Succession(new Successor.Preparing()));
        world.handle(new Event.Succession(new Successor.Booting(Duration.ofMinutes(2))));
        assertThat(world.signalsTo(101)).isEmpty();

        world.handle(new Event.Succession(new Successor.Ready()));

        assertThat(world.effects(Effect.HandOver.class)).containsExactly(new Effect.HandOver(SUCCESSOR));
        assertThat(world.signalsTo(101)).containsExactly(WorkerSignal.TERM);
        world.exits(101, World.OK);
        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void one_that_ends_first_changes_nothing() {
        var world = begun();

        world.handle(new Event.Succession(new Successor.Ended(new Exit.Code(2))));

        assertThat(world.pool().upgrade()).isInstanceOf(Upgrade.Failed.class);
        assertThat(((Upgrade.Failed) world.pool().upgrade()).code()).isEqualTo(ExitCode.USAGE);
        assertThat(world.logs(Level.ERROR))
                .containsExactly("upgrading: failed, the new master (pid 900) exited with code 2 (wrong usage or"
                        + " configuration) before its workers were ready; its own output, above, may say why."
                        + " This master goes on serving");
        assertThat(world.signalsTo(101)).isEmpty();
        assertThat(world.effects(Effect.SignalSuccessor.class)).isEmpty();
    }

    @Test
    void what_it_says_of_itself_is_the_reason() {
        var world = begun();

        world.handle(new Event.Succession(new Successor.GivesUp(ExitCode.DEPLOY, "no such class")));
        assertThat(world.pool().upgrade().underway()).isTrue();
        world.handle(new Event.Succession(new Successor.Ended(new Exit.Code(4))));

        assertThat(world.pool().upgrade()).isEqualTo(new Upgrade.Failed(1, ExitCode.DEPLOY, "no such class"));
    }

    @Test
    void one_that_says_nothing_is_told_to_end_and_killed() {
        var world = begun();

        world.advance(Duration.ofMinutes(1));
        assertThat(world.effects(Effect.SignalSuccessor.class))
                .containsExactly(new Effect.SignalSuccessor(WorkerSignal.TERM));
        world.advance(Duration.ofSeconds(20));
        assertThat(world.effects(Effect.SignalSuccessor.class))
                .containsExactly(
                        new Effect.SignalSuccessor(WorkerSignal.TERM), new Effect.SignalSuccessor(WorkerSignal.KILL));
        world.handle(new Event.Succession(new Successor.Ended(World.KILLED)));

        assertThat(world.pool().upgrade())
                .isEqualTo(new Upgrade.Failed(1, ExitCode.BOOT, "the new master (pid 900) was starting for too long"));
        assertThat(world.signalsTo(101)).isEmpty();
    }

    @Test
    void a_stop_ends_both() {
        var world = begun();

        world.signal(MasterSignal.TERM);
        assertThat(world.effects(Effect.SignalSuccessor.class))
                .containsExactly(new Effect.SignalSuccessor(WorkerSignal.TERM));
        world.exits(101, World.OK);
        assertThat(world.stops()).isEmpty();
        world.handle(new Event.Succession(new Successor.Ended(World.OK)));

        assertThat(world.stops()).containsExactly(ExitCode.OK);
    }

    @Test
    void another_one_and_a_reload_wait_for_its_end() {
        var world = begun();

        world.signal(MasterSignal.USR2);
        world.signal(MasterSignal.HUP);
        assertThat(world.effects(Effect.StartSuccessor.class)).hasSize(1);
        assertThat(world.effects(Effect.Prepare.class)).isEmpty();
        world.handle(new Event.Succession(new Successor.Ended(World.KILLED)));

        assertThat(world.effects(Effect.Prepare.class)).containsExactly(new Effect.Prepare(2));
        world.signal(MasterSignal.USR2);
        assertThat(world.pool().upgrade())
                .isEqualTo(new Upgrade.Failed(
                        2, ExitCode.USAGE, "a start or reload is going on. Upgrade when it has ended"));
    }

    private static World begun() {
        var world = World.serving(1);
        world.signal(MasterSignal.USR2);
        assertThat(world.effects(Effect.StartSuccessor.class)).hasSize(1);
        world.handle(new Event.Succession(new Successor.Started(SUCCESSOR)));
        return world;
    }
}
