package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.event.Level;

/**
 * A pool while one event is handled: the only thing here that changes, and it never leaves {@link Pool#handle}. It knows the moves
 * that a slot can make, not when to make them.
 */
final class Turn {

    Settings settings;
    final Moment now;
    int configured;
    int target;
    Rollout rollout;
    int generations;
    boolean again;
    boolean announced;
    Mode mode;
    Optional<Pool.Refusal> refusal;
    Upgrade upgrade;
    Demand demand;
    Ledger ledger;
    private final List<Slot> slots;
    private final List<Effect> effects = new ArrayList<>();

    Turn(Pool pool, Moment now) {
        this.now = now;
        settings = pool.settings();
        slots = new ArrayList<>(pool.slots());
        configured = pool.configured();
        target = pool.target();
        rollout = pool.rollout();
        generations = pool.generations();
        again = pool.again();
        announced = pool.announced();
        mode = pool.mode();
        refusal = pool.refusal();
        upgrade = pool.upgrade();
        demand = pool.demand();
        ledger = pool.ledger();
    }

    Step step() {
        var pool = new Pool(
                settings,
                slots,
                configured,
                target,
                rollout,
                generations,
                again,
                announced,
                mode,
                refusal,
                upgrade,
                demand,
                ledger);
        return new Step(pool, effects);
    }

    /** What is configured for workers of that generation. */
    Settings settingsOf(int generation) {
        return rollout.tries(generation) ? ledger.trial().orElse(settings) : settings;
    }

    boolean running() {
        return mode instanceof Mode.Running;
    }

    int size() {
        return slots.size();
    }

    Slot slot(int index) {
        return slots.get(index);
    }

    void put(int index, Slot slot) {
        slots.set(index, slot);
    }

    /** The numbers of the slots in such a state, lowest first. */
    List<Integer> where(Predicate<Slot> condition) {
        return IntStream.range(0, slots.size())
                .filter(index -> condition.test(slots.get(index)))
                .boxed()
                .toList();
    }

    int count(Predicate<Slot> condition) {
        return (int) slots.stream().filter(condition).count();
    }

    /** How many workers serve or are to serve, without the one that a reload tries above the target. */
    int seats() {
        return count(slot -> slot.seat() && !rollout.surges(slot.generation()));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void log(Level level, String text) {
        effects.add(new Effect.Log(level, text));
    }

    void logInFlight(Level level, int index, String text) {
        effects.add(new Effect.LogInFlight(level, index, text));
    }

    void spawn(int index, int generation) {
        int deaths = slot(index) instanceof Slot.Empty(int before, int young) && before == generation ? young : 0;
        put(index, new Slot.Spawning(generation, deaths));
        effect(new Effect.Spawn(index, generation));
    }

    /** Lets a worker finish. */
    void retire(int index, Worker worker, String why) {
        var drain = mode instanceof Mode.Stopping(var _, boolean quick) && quick
                ? Settings.QUICK
                : settings.gracefulTimeout();
        log(Level.INFO, Wording.retiring(index, worker, why, drain));
        effect(new Effect.Signal(worker.pid(), WorkerSignal.TERM));
        put(index, new Slot.Draining(worker, now, now.plus(drain), false));
    }

    /** Has a worker wait for a rollback. */
    void pause(int index, Slot.Ready ready) {
        var worker = ready.worker();
        log(Level.INFO, Wording.pausing(index, worker));
        effect(new Effect.Signal(worker.pid(), WorkerSignal.WINCH));
        put(index, new Slot.Paused(worker, now.plus(settings.timeout()), ready.worn()));
    }

    void resume(int index, Slot.Paused paused) {
        var worker = paused.worker();
        log(Level.INFO, Wording.resuming(index, worker));
        effect(new Effect.Signal(worker.pid(), WorkerSignal.TTIN));
        put(index, new Slot.Ready(worker, now, now.plus(settings.timeout()), paused.worn()));
    }

    void kill(int index, Worker worker) {
        effect(new Effect.Signal(worker.pid(), WorkerSignal.KILL));
        put(index, new Slot.Killed(worker, now, now.plus(Settings.REAP)));
    }

    /** The worker of a slot is gone. */
    void vacate(int index, Slot next) {
        effect(new Effect.Vacate(index));
        put(index, next);
    }

    /** What becomes of a slot whose worker died young, or could not be spawned. */
    Slot.Backoff backoff(int generation, int deathsBefore) {
        int deaths = deathsBefore + 1;
        return new Slot.Backoff(generation, deaths, now.plus(Settings.backoff(deaths)));
    }

    /** No worker is wanted from here on. */
    void stop(ExitCode code, boolean quick) {
        mode = new Mode.Stopping(code, quick);
        ledger = ledger.keeping(Optional.empty());
    }
}
