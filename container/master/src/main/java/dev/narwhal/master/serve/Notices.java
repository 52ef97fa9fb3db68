package dev.narwhal.master.serve;

import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.TlsCheck;
import dev.narwhal.master.config.UsersCheck;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator how a release will be served, and why so. */
final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private Notices() {}

    static void log(Release release, Config config) {
        var plan = release.plan();
        var workers = plan.adapts() ? plan.workers() + ".." + plan.most() : Integer.toString(plan.workers());
        log.info("workers={} ({})", workers, plan.workersReason());
        log.info("dispatch={} ({}){}", plan.dispatch().label(), plan.dispatchReason(), limit(release));
        log.debug("worker jvm flags={} java-opts={}", plan.jvmShareFlags(), config.javaOpts());
        plan.warnings().forEach(log::warn);
        config.security().tls().ifPresent(files -> {
            TlsCheck.warnings(files, Instant.now()).forEach(log::warn);
            if (UsersCheck.readableByOthers(files.key())) {
                log.warn(
                        "everybody on this machine may read the private key {}. Let only its owner: chmod 600 {}",
                        files.key(),
                        files.key());
            }
        });
        config.security()
                .users()
                .filter(UsersCheck::readableByOthers)
                .ifPresent(users -> log.warn(
                        "everybody on this machine may read the users file {}. Let only its owner: chmod 600 {}",
                        users,
                        users));
    }

    private static String limit(Release release) {
        var plan = release.plan();
        return switch (plan.dispatch()) {
            case SYNC -> "";
            case THREADED -> " threads=" + plan.threads();
            case VIRTUAL -> " max-inflight=" + plan.maxInflight();
        };
    }
}
