package dev.narwhal.bench;

import dev.narwhal.bench.app.PingServlet;
import dev.narwhal.bench.app.SessionServlet;
import dev.narwhal.bench.server.Contender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the servers are asked for, and which of them. */
enum Scenario {
    /** One line, always the same. */
    PING(PingServlet.PATH, PingServlet.ANSWER.getBytes(StandardCharsets.US_ASCII).length),
    /** Every request counts in its session; each connection has one. */
    SESSIONS(SessionServlet.PATH, SessionServlet.ANSWER_BYTES);

    private final String path;
    private final int answerBytes;

    Scenario(String path, int answerBytes) {
        this.path = path;
        this.answerBytes = answerBytes;
    }

    static Scenario named(String name) throws UsageException {
        for (var scenario : values()) {
            if (scenario.name().toLowerCase(Locale.ROOT).equals(name)) {
                return scenario;
            }
        }
        throw new UsageException("--scenario " + name + ": unknown; there are ping and sessions.");
    }

    /** In the order in which they are shown. */
    List<Contender> contenders() {
        return switch (this) {
            case PING -> Contender.ALL;
            case SESSIONS -> Contender.WITH_SESSIONS;
        };
    }

    String path() {
        return path;
    }

    int answerBytes() {
        return answerBytes;
    }
}
