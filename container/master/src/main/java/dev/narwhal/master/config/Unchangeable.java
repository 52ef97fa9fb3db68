package dev.narwhal.master.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a running server keeps until it is started anew: what its master has opened, and what all its workers share. */
public final class Unchangeable {

    private record Part(String name, Function<Config, Object> value) {}

    private static final List<Part> PARTS = List.of(
            new Part(Settings.BIND.name(), Config::binds),
            new Part(Settings.BACKLOG.name(), Config::backlog),
            new Part(Settings.SESSIONS.name(), Config::sessions),
            new Part(Settings.SESSION_DIR.name(), Config::sessionDirectory),
            new Part(Settings.SESSION_PASSWORD_FILE.name(), Config::sessionPassword),
            new Part(Settings.STICKY.name(), config -> config.sessionRules().sticky()),
            new Part(Settings.RELOAD.name(), config -> config.releases().watch().on()),
            new Part(Settings.LOG_FORMAT.name(), config -> config.output().format()),
            new Part(Settings.PID.name(), Config::pidFile),
            new Part(Settings.STATSD.name(), config -> config.push().statsd().map(PushRules.Statsd::address)),
            new Part(
                    Settings.STATSD_FLAVOR.name(),
                    config -> config.push().statsd().map(PushRules.Statsd::flavor)),
            new Part(
                    Settings.STATSD_PREFIX.name(),
                    config -> config.push().statsd().map(PushRules.Statsd::prefix)),
            new Part(Settings.OTLP.name(), config -> config.push().otlp().map(PushRules.Otlp::url)),
            new Part(Settings.OTLP_HEADER.name(), config -> config.push().otlp().map(PushRules.Otlp::headers)),
            new Part(Settings.METRICS_INTERVAL.name(), config -> config.push().interval()),
            new Part(Settings.METRICS_TAG.name(), config -> config.push().tags()),
            new Part(Settings.OPS.name(), Config::ops),
            new Part(Settings.CONTROL_SOCKET.name(), Config::controlSocket),
            new Part(Settings.NO_CONTROL_SOCKET.name(), Config::noControlSocket),
            new Part(Settings.HOOKS.name(), Config::hooks),
            new Part(Settings.LAME_DUCK.name(), Config::lameDuck));

    private Unchangeable() {}

    /** The settings that differ and need a restart. */
    public static List<String> changed(Config running, Config wanted) {
        return PARTS.stream()
                .filter(part -> !part.value().apply(running).equals(part.value().apply(wanted)))
                .map(Part::name)
                .toList();
    }

    /** What is wrong with that configuration on a server that runs with the other one, each alone being right. */
    public static Optional<Problem> conflict(Config running, Config wanted) {
        var kept = wanted.on(running);
        return kept.onlyOneWorker() && kept.workers().most() > 1
                ? Optional.of(
                        new Problem(
                                Settings.WORKERS.name(),
                                "sessions of the running server are in the memory of its one worker. Restart it to have several."))
                : Optional.empty();
    }
}
