package dev.narwhal.master.arbiter;

import java.util.Optional;

/**
 * What the arbiter remembers of releases beside the one that serves.
 *
 * @param trial what the operator configured for the release that is tried; it holds for all once that has proved itself
 * @param previous the release before, while its workers wait, paused
 * @param reloaded how many reloads have replaced all workers
 * @param refused how many were refused before anybody was served
 * @param failedCanaries how many were taken back because of how their first worker served
 * @param rolledBack how many an operator has taken back
 */
public record Ledger(
        Optional<Settings> trial,
        Optional<Previous> previous,
        long reloaded,
        long refused,
        long failedCanaries,
        long rolledBack) {

    static final Ledger NEW = new Ledger(Optional.empty(), Optional.empty(), 0, 0, 0, 0);

    /**
     * A release whose workers wait.
     *
     * @param until when they end
     * @param settings what was configured for it
     * @param workers how many it called for
     */
    public record Previous(int generation, Moment until, Settings settings, int workers) {}

    Ledger trying(Optional<Settings> settings) {
        return new Ledger(settings, previous, reloaded, refused, failedCanaries, rolledBack);
    }

    Ledger keeping(Optional<Previous> release) {
        return new Ledger(trial, release, reloaded, refused, failedCanaries, rolledBack);
    }

    Ledger countReloaded() {
        return new Ledger(trial, previous, reloaded + 1, refused, failedCanaries, rolledBack);
    }

    Ledger countRefused() {
        return new Ledger(trial, previous, reloaded, refused + 1, failedCanaries, rolledBack);
    }

    Ledger countFailedCanary() {
        return new Ledger(trial, previous, reloaded, refused, failedCanaries + 1, rolledBack);
    }

    Ledger countRolledBack() {
        return new Ledger(trial, previous, reloaded, refused, failedCanaries, rolledBack + 1);
    }
}
