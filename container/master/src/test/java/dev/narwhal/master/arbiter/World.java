package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.WorkerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Plays the edge and all processes on a clock of its own, and checks after every event what must always hold. Processes do nothing by
 * themselves except beat; a test says when they are ready and when they end.
 */
final class World {

    static final Exit KILLED = new Exit.Signal(9, false);
    static final Exit OK = new Exit.Code(0);

    static final class Child {
        final int slot;
        final int generation;
        final List<WorkerSignal> signals = new ArrayList<>();
        boolean beats = true;
        boolean ready;
        boolean leaves;

        Child(int slot, int generation) {
            this.slot = slot;
            this.generation = generation;
        }

        boolean serves() {
            var steering = signals.stream()
                    .filter(signal -> signal != WorkerSignal.USR1)
                    .toList();
            return ready && !leaves && (steering.isEmpty() || steering.getLast() == WorkerSignal.TTIN);
        }
    }

    // Before the wrap-around of nanoTime, so that every test crosses it.
    private Moment now = new Moment(Long.MAX_VALUE - 1_000_000_000L);
    private Pool pool;
    final TreeMap<Integer, Child> processes = new TreeMap<>();
    final List<Effect> effects = new ArrayList<>();
    final List<Happening> happenings = new ArrayList<>();
    final Set<Integer> vacated = new HashSet<>();
    boolean spawnsFail;

    /** What the workers have answered, by slot. */
    final List<Canary.Tally> tallies;

    /** What the edge measures, where the number of workers follows the load. */
    Load load = new Load(0, 0, Duration.ZERO, Map.of(), Long.MAX_VALUE, false);

    /** How busy each worker's processors are, and its permits. */
    double cores;

    int inFlight;
    private Duration cpu = Duration.ZERO;
    private Moment measured = now;

    private int lastPid = 100;
    private final ArrayDeque<String> history = new ArrayDeque<>();

    World(int workers) {
        this(new Settings(workers, 8, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20)));
    }

    World(Settings settings) {
        tallies = new ArrayList<>(Collections.nCopies(settings.slots(), Canary.Tally.NONE));
        var step = Pool.start(settings);
        pool = step.pool();
        effects.addAll(step.effects());
    }

    /** A world whose first generation serves. */
    static World serving(int workers) {
        var world = new World(workers);
        world.prepared(1, workers);
        world.allReady();
        world.advance(Duration.ofSeconds(6)); // nobody is young
        world.effects.clear();
        world.happenings.clear();
        return world;
    }

    Pool pool() {
        return pool;
    }

    Moment now() {
        return now;
    }

    void handle(Event event) {
        var queue = new ArrayDeque<>(List.of(event));
        while (!queue.isEmpty()) {
            var next = queue.poll();
            var step = pool.handle(next, now);
            happenings.addAll(Happening.of(pool, next, step.pool(), now));
            pool = step.pool();
            remember(next, step);
            for (var effect : step.effects()) {
                effects.add(effect);
                perform(effect).ifPresent(queue::add);
            }
        }
        assertThat(pool.handle(new Event.Beat(-1, now), now).effects())
                .as("what another convergence does after %s", event)
                .isEmpty();
    }

    private void remember(Event event, Step step) {
        if (!step.effects().isEmpty()) {
            history.add("%n  %s -> %s".formatted(event, step.effects()));
            if (history.size() > 15) {
                history.remove();
            }
        }
    }

    /** The last events that led to something, for failing tests. */
    String history() {
        return String.join("", history);
    }

    private Optional<Event> perform(Effect effect) {
        switch (effect) {
            case Effect.Spawn(int slot, int generation) -> {
                assertThat(processes.values()).noneMatch(process -> process.slot == slot);
                vacated.remove(slot);
                if (spawnsFail) {
                    return Optional.of(new Event.SpawnFailed(slot, "no memory"));
                }
                processes.put(++lastPid, new Child(slot, generation));
                return Optional.of(new Event.Spawned(slot, lastPid));
            }
            case Effect.Signal(int pid, WorkerSignal signal) -> {
                assertThat(processes).as("a signal to a reaped process").containsKey(pid);
                process(pid).signals.add(signal);
            }
            case Effect.Vacate(int slot) -> vacated.add(slot);
            case Effect.Log(Level level, String text)
            when level != Level.DEBUG -> assertThat(text).doesNotContain("\n");
            case Effect.LogInFlight(var _, int slot, var _) ->
                assertThat(vacated).as("slots whose numbers are gone").doesNotContain(slot);
            case Effect.Stop _ -> assertThat(processes).isEmpty();
            case Effect.Log _, Effect.Prepare _, Effect.Adopt _, Effect.AllReady _ -> {}
            case Effect.StartSuccessor _, Effect.SignalSuccessor _, Effect.HandOver _ -> {}
        }
        return Optional.empty();
    }

    /** Lets time pass; the edge wakes up at every deadline. */
    void advance(Duration duration) {
        var end = now.plus(duration);
        while (pool.nextDeadline().filter(end::reached).isPresent()) {
            now = pool.nextDeadline().orElseThrow();
            processes.forEach((pid, process) -> {
                if (process.beats) {
                    handle(new Event.Beat(pid, now));
                }
            });
            if (pool.rollout() instanceof Rollout.Watching) {
                handle(new Event.Counted(List.copyOf(tallies)));
            }
            if (pool.look().filter(now::reached).isPresent()) {
                handle(new Event.Measured(measure()));
            }
            handle(new Event.Tick());
            assertThat(pool.nextDeadline().filter(now::reached))
                    .as("deadlines that stay in the past: the edge would spin")
                    .isEmpty();
        }
        now = end;
    }

    private Load measure() {
        cpu = cpu.plus(Duration.ofNanos((long) (now.since(measured).toNanos() * cores)));
        measured = now;
        var workers = processes.entrySet().stream()
                .filter(process -> process.getValue().serves())
                .collect(Collectors.toMap(Map.Entry::getKey, _ -> new Load.Toil(inFlight, cpu, 100 << 20)));
        return new Load(load.queued(), load.answered(), load.waited(), workers, load.freeBytes(), load.paused());
    }

    /** Nobody runs, not even the edge. */
    void freeze(Duration duration) {
        now = now.plus(duration);
        handle(new Event.Tick());
    }

    /** The worker has answered so many more requests, each within 10 ms. */
    void answered(int pid, long requests, long errors) {
        int slot = process(pid).slot;
        tallies.set(slot, tallies.get(slot).plus(new Canary.Tally(requests, errors, List.of(0L, 0L, 0L, requests))));
    }

    void prepared(int generation, int workers, Settings settings) {
        handle(new Event.Prepared(generation, workers, Optional.of(settings)));
    }

    void prepared(int generation, int workers) {
        handle(new Event.Prepared(generation, workers));
    }

    void ready(int pid) {
        process(pid).ready = true;
        handle(new Event.Reported(pid, new WorkerMessage.Ready()));
    }

    void worn(int pid, String reason) {
        handle(new Event.Reported(pid, new WorkerMessage.Worn(reason)));
    }

    void stuck(int pid, String reason) {
        handle(new Event.Reported(pid, new WorkerMessage.Stuck(reason)));
    }

    void exceeds(int pid, String reason) {
        handle(new Event.Reported(pid, new WorkerMessage.Excess(reason)));
    }

    void fails(int pid, ExitCode code, String reason) {
        handle(new Event.Reported(pid, new WorkerMessage.Failed(code, reason, "at a.B\nat c.D")));
    }

    void exits(int pid, Exit exit) {
        assertThat(processes.remove(pid)).isNotNull();
        handle(new Event.Exited(pid, exit));
    }

    void signal(MasterSignal signal) {
        handle(new Event.Signalled(signal));
    }

    void allReady() {
        for (int pid : List.copyOf(processes.keySet())) {
            if (!process(pid).ready && process(pid).signals.isEmpty()) {
                ready(pid);
            }
        }
    }

    /** All that were sent TERM end as they should. */
    void drainedExit() {
        for (int pid : List.copyOf(processes.keySet())) {
            if (process(pid).signals.contains(WorkerSignal.TERM)) {
                exits(pid, OK);
            }
        }
    }

    Child process(int pid) {
        return Optional.ofNullable(processes.get(pid)).orElseThrow();
    }

    Collection<Integer> pids() {
        return processes.keySet();
    }

    List<Integer> generations() {
        return processes.values().stream().map(process -> process.generation).toList();
    }

    long serving() {
        return processes.values().stream().filter(Child::serves).count();
    }

    List<WorkerSignal> signalsTo(int pid) {
        return process(pid).signals;
    }

    /** Everything logged at WARN and above, or at INFO and above. */
    List<String> logs(Level least) {
        return effects.stream()
                .flatMap(effect -> switch (effect) {
                    case Effect.Log(Level level, String text)
                    when level.toInt() >= least.toInt() -> List.of(text).stream();
                    case Effect.LogInFlight(Level level, var _, String text)
                    when level.toInt() >= least.toInt() -> List.of(text).stream();
                    case Effect.Log _,
                            Effect.LogInFlight _,
                            Effect.Prepare _,
                            Effect.Spawn _,
                            Effect.Signal _,
                            Effect.Vacate _,
                            Effect.Adopt _,
                            Effect.AllReady _,
                            Effect.StartSuccessor _,
                            Effect.SignalSuccessor _,
                            Effect.HandOver _,
                            Effect.Stop _ -> List.<String>of().stream();
                })
                .toList();
    }

    <T extends Effect> List<T> effects(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<ExitCode> stops() {
        return effects(Effect.Stop.class).stream().map(Effect.Stop::code).toList();
    }

    Slot slotOf(int pid) {
        return pool.slots().stream()
                .filter(slot ->
                        slot instanceof Slot.Alive alive && alive.worker().pid() == pid)
                .findFirst()
                .orElseThrow();
    }
}
