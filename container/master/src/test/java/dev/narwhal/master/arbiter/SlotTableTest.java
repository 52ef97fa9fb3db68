package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state machine of a slot as the table of its states and events, in a pool of a proved generation. */
class SlotTableTest {

    private static final Moment NOW = new Moment(0);
    private static final Moment LATER = NOW.plus(Duration.ofSeconds(3));
    private static final Moment MUCH_LATER = NOW.plus(Duration.ofHours(1));
    private static final Worker WORKER = new Worker(7, 1, NOW.plus(Duration.ofHours(-1)), 0);
    private static final Worker SIBLING = new Worker(8, 1, NOW, 0);

    @ParameterizedTest(name = "{0}, {1}: {2} {3}")
    @CsvSource(textBlock = """
        # state,  event,       next state, signals
        Empty,    spawned,     Empty,
        Empty,    ready,       Empty,
        Empty,    exited,      Empty,
        Empty,    retire,      Empty,
        Empty,    deadline,    Empty,
        Backoff,  spawned,     Backoff,
        Backoff,  ready,       Backoff,
        Backoff,  exited,      Backoff,
        Backoff,  retire,      Backoff,
        Backoff,  deadline,    Spawning,
        Spawning, spawned,     Booting,
        Spawning, spawnFailed, Backoff,
        Spawning, ready,       Spawning,
        Spawning, retire,      Spawning,
        Spawning, deadline,    Spawning,
        Booting,  ready,       Ready,
        Booting,  worn,        Booting,
        Booting,  failed,      Booting,
        Booting,  draining,    Draining,
        Booting,  exited,      Backoff,
        Booting,  killed,      Backoff,
        Booting,  retire,      Draining,   TERM
        Booting,  deadline,    Killed,     KILL
        Ready,    ready,       Ready,
        Ready,    worn,        Ready,
        Ready,    failed,      Ready,
        Ready,    draining,    Draining,
        Ready,    exited,      Spawning,
        Ready,    killed,      Spawning,
        Ready,    retire,      Draining,   TERM
        Ready,    deadline,    Dumping,    QUIT
        Dumping,  ready,       Dumping,
        Dumping,  draining,    Dumping,
        Dumping,  exited,      Empty,
        Dumping,  retire,      Dumping,
        Dumping,  deadline,    Killed,     KILL
        Draining, ready,       Draining,
        Draining, worn,        Draining,
        Draining, draining,    Draining,
        Draining, exited,      Empty,
        Draining, killed,      Empty,
        Draining, retire,      Draining,
        Draining, deadline,    Killed,     KILL
        Killed,   ready,       Killed,
        Killed,   draining,    Killed,
        Killed,   exited,      Empty,
        Killed,   killed,      Empty,
        Killed,   retire,      Killed,
        Killed,   deadline,    Killed,     KILL
        """)
    void a_slot_follows_the_table(String state, String event, String next, String signal) {
        var slot = slot(state);

        var step = pool(slot).handle(event(event), LATER);

        assertThat(step.pool().slots().getFirst().getClass().getSimpleName()).isEqualTo(next);
        var signals = step.effects().stream()
                .filter(effect -> effect instanceof Effect.Signal(int pid, var _) && pid == WORKER.pid())
                .map(effect -> ((Effect.Signal) effect).signal().name())
                .toList();
        assertThat(signals).isEqualTo(signal == null ? List.of() : List.of(signal));
    }

    @ParameterizedTest
    @CsvSource({"Dumping", "Draining", "Killed"})
    void a_worker_that_is_going_is_not_counted_and_another_one_boots_beside_it(String state) {
        var pool = pool(slot(state));
        var wanting = new Pool(
                pool.settings(),
                pool.slots(),
                2,
                2,
                pool.rollout(),
                1,
                false,
                true,
                new Mode.Running(),
                Optional.empty(),
                new Upgrade.Idle(),
                Demand.NONE,
                Ledger.NEW);

        assertThat(wanting.handle(new Event.Tick(), NOW).effects()).containsExactly(new Effect.Spawn(2, 1));
    }

    private static Slot slot(String state) {
        return switch (state) {
            case "Empty" -> Slot.Empty.VACANT;
            case "Backoff" -> new Slot.Backoff(1, 2, LATER);
            case "Spawning" -> new Slot.Spawning(1, 0);
            case "Booting" -> new Slot.Booting(WORKER, LATER, false);
            case "Ready" -> new Slot.Ready(WORKER, NOW.plus(Duration.ofMinutes(-5)), LATER);
            case "Dumping" -> new Slot.Dumping(WORKER, LATER);
            case "Draining" -> new Slot.Draining(WORKER, NOW, LATER, false);
            case "Killed" -> new Slot.Killed(WORKER, NOW, LATER);
            default -> throw new IllegalArgumentException(state);
        };
    }

    private static Event event(String name) {
        int pid = WORKER.pid();
        return switch (name) {
            case "spawned" -> new Event.Spawned(0, pid);
            case "spawnFailed" -> new Event.SpawnFailed(0, "no memory");
            case "ready" -> new Event.Reported(pid, new WorkerMessage.Ready());
            case "draining" -> new Event.Reported(pid, new WorkerMessage.Draining(1, 2));
            case "worn" -> new Event.Reported(pid, new WorkerMessage.Worn("is old"));
            case "stuck" -> new Event.Reported(pid, new WorkerMessage.Stuck("goes on"));
            case "failed" -> new Event.Reported(pid, new WorkerMessage.Failed(ExitCode.DEPLOY, "why", ""));
            case "exited" -> new Event.Exited(pid, new Exit.Code(1));
            case "killed" -> new Event.Exited(pid, World.KILLED);
            case "retire" -> new Event.Signalled(MasterSignal.WINCH);
            case "deadline" -> new Event.Tick();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Just as many workers are wanted as there are, so that only what the event does is seen. */
    private static Pool pool(Slot slot) {
        var settings = new Settings(2, 3, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20));
        int target = slot.seat() ? 2 : 1;
        return new Pool(
                settings,
                List.of(slot, new Slot.Ready(SIBLING, NOW, MUCH_LATER), Slot.Empty.VACANT),
                target,
                target,
                new Rollout.Steady(1),
                1,
                false,
                true,
                new Mode.Running(),
                Optional.empty(),
                new Upgrade.Idle(),
                Demand.NONE,
                Ledger.NEW);
    }
}
