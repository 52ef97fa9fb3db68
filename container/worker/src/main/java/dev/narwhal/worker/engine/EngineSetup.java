package dev.narwhal.worker.engine;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.observe.RequestLog;
import dev.narwhal.worker.security.Realms;
import dev.narwhal.worker.session.SessionStore;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * What an engine is made of.
 *
 * @param spec dispatch, limits and time-outs
 * @param scoreboard the slots of all workers; the engine writes requests and connections to its own
 * @param sockets the listening sockets, non-blocking; the engine closes them
 * @param apps each at its context path; no two at the same
 * @param realms who may log in
 * @param tls for the sockets whose connections begin with a TLS handshake; there if any does
 * @param requestLog where to log requests, if at all
 * @param sessions where HTTP sessions are; open for longer than the engine lives
 * @param stuck is told of a request whose thread does not come back: what the worker does, to follow "it"
 */
public record EngineSetup(
        WorkerSpec spec,
        Scoreboard scoreboard,
        List<ServerSocketChannel> sockets,
        List<LoadedApp> apps,
        Realms realms,
        Optional<SSLContext> tls,
        Optional<RequestLog> requestLog,
        SessionStore sessions,
        Consumer<String> stuck) {

    public EngineSetup {
        sockets = List.copyOf(sockets);
        apps = List.copyOf(apps);
    }
}
