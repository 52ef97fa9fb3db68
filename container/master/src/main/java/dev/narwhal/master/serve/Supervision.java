package dev.narwhal.master.serve;

import dev.narwhal.master.arbiter.Canary;
import dev.narwhal.master.arbiter.Elastic;
import dev.narwhal.master.arbiter.Rolling;
import dev.narwhal.master.arbiter.Settings;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Machine;
import dev.narwhal.master.config.Plan;
import dev.narwhal.master.config.WorkerCount;
import java.util.Optional;

/** What of the configuration the arbiter decides by. */
final class Supervision {

    /** Places in the scoreboard beyond what is asked for, so that TTIN has somewhere to go. */
    private static final int SPARE_SLOTS = 64;

    private Supervision() {}

    /** How many places there are for workers, for as long as the master lives. */
    static int slots(Config config) {
        boolean keeps = !config.releases().keepPrevious().isZero();
        if (config.onlyOneWorker()) {
            return keeps ? 3 : 2; // TTIN must not lead to a second worker; the other place is for a reload
        }
        int workers = switch (config.workers()) {
            case WorkerCount.Auto() -> 0;
            case WorkerCount.Exactly(int number) -> number;
            case WorkerCount.Range(int _, int most) -> most;
        };
        return SPARE_SLOTS + config.releases().surge() + (keeps ? 2 : 1) * workers;
    }

    /** Once it is known how the applications are run. */
    static Settings settings(Config config, int slots, Plan plan, Machine machine) {
        var settings = settings(config, slots);
        return plan.adapts()
                ? settings.with(new Elastic(
                        plan.workers(),
                        plan.most(),
                        plan.permits(),
                        machine.cores(),
                        Math.max(1, Math.ceilDiv(machine.cores(), plan.most())),
                        config.pace().grow(),
                        config.pace().shrink()))
                : settings;
    }

    static Settings settings(Config config, int slots) {
        var releases = config.releases();
        var rules = releases.canary();
        var canary = rules.window().isZero()
                ? Optional.<Canary.Rules>empty()
                : Optional.of(new Canary.Rules(rules.window(), rules.errors(), rules.latency(), rules.requests()));
        int surge = config.onlyOneWorker() ? 1 : releases.surge();
        return new Settings(
                1,
                slots,
                config.bootTimeout(),
                config.livenessTimeout(),
                config.gracefulTimeout(),
                config.exitOnCrashLoop(),
                new Rolling(surge, releases.keepPrevious(), canary));
    }
}
