package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * The way from this master to another one: started, waited for, and then either left to serve alone or given up. Until its workers are
 * ready, nothing here touches the workers of this master.
 */
final class Upgrades {

    private Upgrades() {}

    /** USR2. */
    static void begin(Turn turn) {
        int attempt = turn.upgrade.attempts() + 1;
        if (turn.upgrade.underway()) {
            turn.log(Level.WARN, "USR2: " + Wording.goesOn(turn.upgrade) + ". Nothing else is started");
        } else if (turn.rollout instanceof Rollout.Steady) {
            turn.log(Level.INFO, "upgrading: starting a new master");
            var by = turn.now.plus(turn.settings.bootTimeout());
            turn.upgrade = new Upgrade.Underway(attempt, 0, Upgrade.Phase.STARTING, Optional.of(by));
            turn.effect(new Effect.StartSuccessor());
        } else {
            fail(turn, attempt, ExitCode.USAGE, "a start or reload is going on. Upgrade when it has ended");
        }
    }

    static void learned(Turn turn, Successor fact) {
        switch (turn.upgrade) {
            case Upgrade.Underway underway -> underway(turn, underway, fact);
            case Upgrade.Withdrawing withdrawing -> withdrawing(turn, withdrawing, fact);
            case Upgrade.Done(var _, int pid) -> {
                if (fact instanceof Successor.Ended(Exit exit)) {
                    turn.log(Level.ERROR, "the new master (pid %d) %s".formatted(pid, Cause.what(exit)));
                }
            }
            case Upgrade.Idle _, Upgrade.Failed _ -> {}
        }
    }

    private static void underway(Turn turn, Upgrade.Underway upgrade, Successor fact) {
        switch (fact) {
            case Successor.Started(int pid) ->
                turn.upgrade = new Upgrade.Underway(upgrade.attempts(), pid, upgrade.phase(), upgrade.by());
            case Successor.NotStarted(String reason) -> fail(turn, upgrade.attempts(), ExitCode.SYSTEM, reason);
            case Successor.Preparing() -> turn.upgrade = upgrade.reached(Upgrade.Phase.PREPARING, Optional.empty());
            case Successor.Booting(var limit) ->
                turn.upgrade = upgrade.reached(Upgrade.Phase.BOOTING, Optional.of(turn.now.plus(limit)));
            case Successor.Ready() -> leave(turn, upgrade);
            case Successor.GivesUp(ExitCode code, String reason) ->
                turn.upgrade = withdrawing(turn, upgrade, code, reason);
            case Successor.Ended(Exit exit) ->
                fail(turn, upgrade.attempts(), code(exit), Wording.successorEnded(upgrade, exit));
        }
    }

    private static void withdrawing(Turn turn, Upgrade.Withdrawing upgrade, Successor fact) {
        switch (fact) {
            case Successor.Started(int pid) ->
                turn.upgrade = new Upgrade.Withdrawing(
                        upgrade.attempts(), pid, upgrade.code(), upgrade.reason(), upgrade.killAt());
            case Successor.NotStarted _, Successor.Ended _ ->
                fail(turn, upgrade.attempts(), upgrade.code(), upgrade.reason());
            case Successor.Preparing _, Successor.Booting _, Successor.Ready _, Successor.GivesUp _ -> {}
        }
    }

    /** The successor serves: this master has nothing left to do but to let its workers finish. */
    private static void leave(Turn turn, Upgrade.Underway upgrade) {
        turn.log(Level.INFO, Wording.upgraded(upgrade));
        turn.upgrade = new Upgrade.Done(upgrade.attempts(), upgrade.pid());
        turn.effect(new Effect.HandOver(upgrade.pid()));
        turn.stop(ExitCode.OK, false);
    }

    private static void fail(Turn turn, int attempt, ExitCode code, String reason) {
        turn.upgrade = new Upgrade.Failed(attempt, code, reason);
        if (turn.running()) {
            turn.log(Level.ERROR, Wording.upgradeFailed(reason));
        }
    }

    /** This master stops, or stops faster; whoever was to follow it stops too. */
    static void stop(Turn turn, boolean quick) {
        var killAt = turn.now.plus(quick ? Settings.QUICK : turn.settings.gracefulTimeout());
        switch (turn.upgrade) {
            case Upgrade.Underway upgrade -> {
                turn.effect(new Effect.SignalSuccessor(WorkerSignal.TERM));
                turn.upgrade = new Upgrade.Withdrawing(
                        upgrade.attempts(), upgrade.pid(), ExitCode.OK, "this master was told to stop", killAt);
            }
            case Upgrade.Withdrawing upgrade -> {
                if (killAt.compareTo(upgrade.killAt()) < 0) {
                    turn.upgrade = new Upgrade.Withdrawing(
                            upgrade.attempts(), upgrade.pid(), upgrade.code(), upgrade.reason(), killAt);
                }
            }
            case Upgrade.Idle _, Upgrade.Failed _, Upgrade.Done _ -> {}
        }
    }

    static void deadlinePassed(Turn turn) {
        var late = turn.upgrade.deadline().filter(turn.now::reached).map(turn.now::since);
        if (late.isEmpty()) {
            return;
        }
        switch (turn.upgrade) {
            case Upgrade.Underway upgrade -> {
                if (late.get().compareTo(Settings.STALL) >= 0) { // it stood still as we did
                    turn.upgrade = upgrade.reached(upgrade.phase(), Optional.of(turn.now.plus(Settings.THAW)));
                } else {
                    turn.effect(new Effect.SignalSuccessor(WorkerSignal.TERM));
                    turn.upgrade = withdrawing(turn, upgrade, ExitCode.BOOT, Wording.tooSlow(upgrade));
                }
            }
            case Upgrade.Withdrawing upgrade -> {
                turn.log(Level.WARN, Wording.successorKilled(upgrade));
                turn.effect(new Effect.SignalSuccessor(WorkerSignal.KILL));
                turn.upgrade = new Upgrade.Withdrawing(
                        upgrade.attempts(),
                        upgrade.pid(),
                        upgrade.code(),
                        upgrade.reason(),
                        turn.now.plus(Settings.REAP));
            }
            case Upgrade.Idle _, Upgrade.Failed _, Upgrade.Done _ -> {}
        }
    }

    private static Upgrade withdrawing(Turn turn, Upgrade.Underway upgrade, ExitCode code, String reason) {
        var killAt = turn.now.plus(turn.settings.gracefulTimeout());
        return new Upgrade.Withdrawing(upgrade.attempts(), upgrade.pid(), code, reason, killAt);
    }

    private static ExitCode code(Exit exit) {
        return exit instanceof Exit.Code(int status)
                ? ExitCode.of(status).filter(code -> code != ExitCode.OK).orElse(ExitCode.BOOT)
                : ExitCode.BOOT;
    }
}
