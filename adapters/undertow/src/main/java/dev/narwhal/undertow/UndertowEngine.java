package dev.narwhal.undertow;

import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.undertow.accept.AcceptGate;
import dev.narwhal.undertow.accept.BufferPool;
import dev.narwhal.undertow.accept.Connections;
import dev.narwhal.undertow.accept.Drain;
import dev.narwhal.undertow.accept.Greeting;
import dev.narwhal.undertow.accept.Pause;
import dev.narwhal.undertow.accept.TlsGreeting;
import dev.narwhal.undertow.accept.WarmUp;
import dev.narwhal.undertow.deploy.Apps;
import dev.narwhal.undertow.dispatch.Dispatcher;
import dev.narwhal.undertow.dispatch.Dispatchers;
import dev.narwhal.undertow.dispatch.VirtualThreads;
import dev.narwhal.undertow.identity.RequestIds;
import dev.narwhal.undertow.notice.Notice;
import dev.narwhal.undertow.security.FormLimit;
import dev.narwhal.undertow.security.SecurityChain;
import dev.narwhal.undertow.session.SharedSessions;
import dev.narwhal.undertow.session.Together;
import dev.narwhal.undertow.sticky.HandOver;
import dev.narwhal.undertow.sticky.Owners;
import dev.narwhal.undertow.watch.ProgressWatch;
import dev.narwhal.undertow.watch.RequestWatch;
import dev.narwhal.undertow.watch.Waiters;
import dev.narwhal.worker.engine.DeploymentException;
import dev.narwhal.worker.engine.Engine;
import dev.narwhal.worker.engine.EngineSetup;
import dev.narwhal.worker.session.Reaper;
import io.undertow.UndertowOptions;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.nio.InheritedTcpServer;

/** Undertow on one I/O thread. */
final class UndertowEngine implements Engine {

    /** Most of the header section of one request. */
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    private static final long NO_LIMIT = -1;
    /** Connections of other workers that may wait. */
    private static final int PEER_BACKLOG = 1024;
    /** How long a client may take for a request's header section. */
    private static final int HEADER_TIMEOUT_MILLIS = 60_000;
    /** Servlet code runs on this thread's stack under {@code sync} and {@code virtual}. */
    private static final long IO_THREAD_STACK_BYTES = 2 * 1024 * 1024;

    private final XnioWorker worker;
    private final BufferPool buffers;
    private final Dispatcher dispatcher;
    private final Apps apps;
    private final RequestGate requests;
    private final AcceptGate gate;
    private final Drain drain;
    private final Pause pause;
    private final Connections connections;
    private final WorkerSpec spec;
    private final Reaper reaper;
    private final Optional<RequestWatch> watch;
    private final Optional<ProgressWatch> progress;
    private final Optional<AcceptingChannel<StreamConnection>> peers;
    private final Optional<TlsGreeting> tls;
    private final List<AcceptGate.Listening> servers;

    private UndertowEngine(
            EngineSetup setup,
            XnioWorker worker,
            Callbacks callbacks,
            Dispatcher dispatcher,
            Apps apps,
            Reaper reaper,
            Optional<HandOver> handOver,
            Optional<RequestWatch> watch) {
        var spec = setup.spec();
        var slot = setup.scoreboard().slot(spec.slot());
        var ioThread = worker.getIoThread(0);
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.apps = apps;
        this.reaper = reaper;
        this.watch = watch;
        this.buffers = new BufferPool();
        var http = new HttpOpenListener(
                buffers,
                OptionMap.builder()
                        .set(UndertowOptions.MAX_HEADER_SIZE, MOST_HEADER_BYTES)
                        // What an application takes is its own decision: @MultipartConfig, or how much it reads.
                        .set(UndertowOptions.MAX_ENTITY_SIZE, NO_LIMIT)
                        .set(UndertowOptions.MULTIPART_MAX_ENTITY_SIZE, NO_LIMIT)
                        // But what becomes parameters is in memory before the application is asked.
                        .set(FormLimit.MOST_BYTES, spec.limits().formBytes())
                        .set(UndertowOptions.MAX_PARAMETERS, spec.limits().parameters())
                        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_TIMEOUT_MILLIS)
                        .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                                spec.keepAlive().toMillis())
                        .set(UndertowOptions.ALLOW_EQUALS_IN_COOKIE_VALUE, true) // RFC 6265
                        .set(UndertowOptions.RECORD_REQUEST_START_TIME, true)
                        .getMap());
        this.spec = spec;
        this.connections = new Connections(http, slot, spec.dispatch() == Dispatch.VIRTUAL);
        this.gate = new AcceptGate(spec, setup.scoreboard(), connections, ioThread);
        this.requests = new RequestGate(
                slot,
                connections,
                gate,
                dispatcher,
                apps,
                new ForwardedProto(spec.security().forwardedAllowIps()),
                handOver,
                watch,
                setup.requestLog().map(log -> new AccessLine(log, spec.slot())),
                WaitingRoom.of(spec, slot, ioThread),
                new RequestIds(new SecureRandom()),
                spec.notice().map(page -> new Notice(page, spec.generation())));
        http.setRootHandler(requests);
        this.pause = new Pause(gate, connections, ioThread);
        this.drain = new Drain(gate, connections, slot, ioThread, spec.gracefulTimeout());
        callbacks.open(dispatcher, slot, gate);
        this.peers = handOver.map(mine -> takeRequestsOfOthers(worker, connections, mine));
        this.tls = setup.tls()
                .map(context -> new TlsGreeting(
                        worker, context, spec.security().tls().orElseThrow().clients()));
        this.servers = listening(setup, worker, tls);
        var waiters = new Waiters(connections, slot, spec.permits());
        watch.ifPresent(each -> each.open(waiters));
        this.progress = ProgressWatch.start(spec, slot, connections, waiters, dispatcher, ioThread, setup.stuck());
    }

    static Engine deploy(EngineSetup setup) throws DeploymentException {
        var callbacks = new Callbacks();
        var worker = createWorker(callbacks);
        var dispatcher = Dispatchers.create(setup.spec(), worker.getIoThread(0), VirtualThreads.withScheduler());
        var slot = setup.scoreboard().slot(setup.spec().slot());
        var reaper = new Reaper(setup.sessions());
        var owners = owners(setup);
        var sessions = new SharedSessions(
                setup.sessions(),
                setup.spec().sessions().alone(),
                reaper,
                setup.spec().sessionRules(),
                slot.sessions(),
                dispatcher
                        .gathering()
                        .filter(_ -> setup.sessions().writesTogether())
                        .map(gathering -> new Together(gathering, setup.sessions())),
                owners.map(Owners::route).orElse(""));
        var watch = RequestWatch.start(setup.spec().limits().times(), slot, setup.stuck());
        try {
            var apps = Apps.deploy(
                    setup.apps(),
                    dispatcher.async(),
                    new SecurityChain(
                            setup.spec().security(),
                            setup.realms(),
                            setup.scoreboard().secret()),
                    sessions,
                    watch.map(RequestWatch::threads));
            if (apps.keepConnections() || setup.spec().limits().queue().isBounded()) {
                dispatcher.keepLoopFree();
            }
            var handOver =
                    owners.map(known -> new HandOver(known, setup.scoreboard().secret()));
            return new UndertowEngine(setup, worker, callbacks, dispatcher, apps, reaper, handOver, watch);
        } catch (DeploymentException e) {
            watch.ifPresent(RequestWatch::close);
            dispatcher.close();
            worker.shutdownNow();
            throw e;
        }
    }

    private static Optional<Owners> owners(EngineSetup setup) {
        return setup.spec().sessionRules().sticky()
                ? Optional.of(new Owners(setup.scoreboard(), setup.spec().slot(), new SecureRandom().nextInt()))
                : Optional.empty();
    }

    private static AcceptingChannel<StreamConnection> takeRequestsOfOthers(
            XnioWorker worker, Connections connections, HandOver handOver) {
        try {
            var socket = loopback();
            var server = adopt(worker, socket);
            server.getAcceptSetter().set(ChannelListeners.openListenerAdapter(connections::openedByPeer));
            handOver.open(socket.socket().getLocalPort());
            server.resumeAccepts();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("opening a port for the other workers", e);
        }
    }

    private static ServerSocketChannel loopback() throws IOException {
        var socket = ServerSocketChannel.open();
        socket.configureBlocking(false);
        return socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), PEER_BACKLOG);
    }

    private static XnioWorker createWorker(Callbacks callbacks) {
        return Xnio.getInstance(UndertowEngine.class.getClassLoader())
                .createWorkerBuilder()
                .setWorkerName("narwhal")
                .setWorkerIoThreads(1)
                .setWorkerStackSize(IO_THREAD_STACK_BYTES)
                .setExternalExecutorService(callbacks)
                .build();
    }

    private static List<AcceptGate.Listening> listening(
            EngineSetup setup, XnioWorker worker, Optional<TlsGreeting> tls) {
        var listening = new ArrayList<AcceptGate.Listening>();
        for (int i = 0; i < setup.sockets().size(); i++) {
            listening.add(new AcceptGate.Listening(
                    adopt(worker, setup.sockets().get(i)),
                    setup.spec().listeners().get(i).tls() ? tls.orElseThrow() : Greeting.NONE));
        }
        return listening;
    }

    private static AcceptingChannel<StreamConnection> adopt(XnioWorker worker, ServerSocketChannel socket) {
        try {
            return InheritedTcpServer.adopt(worker, socket, OptionMap.create(Options.TCP_NODELAY, true));
        } catch (IOException e) {
            throw new UncheckedIOException("serving the inherited socket " + socket, e);
        }
    }

    @Override
    public void warmUp(List<String> paths, Duration limit) throws DeploymentException {
        if (paths.isEmpty()) {
            return;
        }
        var listener = spec.listeners().getFirst();
        try (var warmUp = new WarmUp(adopt(worker, loopback()), connections, host(listener), listener.tls(), limit)) {
            for (var path : paths) {
                warmUp.request(path);
            }
        } catch (IOException e) {
            throw new DeploymentException("opening a port to warm up: " + e.getMessage(), e);
        }
    }

    /** What a client on this machine would write. */
    private static String host(WorkerSpec.Listener listener) {
        int colon = listener.bind().lastIndexOf(':');
        var host = listener.bind().substring(0, colon);
        return (host.equals("0.0.0.0") || host.equals("[::]") ? "localhost" : host)
                + listener.bind().substring(colon);
    }

    @Override
    public void pause() {
        requests.closeConnections();
        pause.begin();
    }

    @Override
    public void resume() {
        requests.keepConnections();
        pause.end();
    }

    @Override
    public void open() {
        reaper.start();
        gate.open(servers);
    }

    @Override
    public CompletableFuture<Void> drain() {
        requests.closeConnections();
        var drained = drain.start();
        apps.drain();
        return drained;
    }

    @Override
    public void closeListeners() {
        gate.close();
    }

    @Override
    public void close() {
        gate.close();
        peers.ifPresent(IoUtils::safeClose);
        reaper.close();
        apps.stop();
        watch.ifPresent(RequestWatch::close);
        progress.ifPresent(ProgressWatch::close);
        dispatcher.close();
        worker.shutdownNow();
        tls.ifPresent(TlsGreeting::close);
        buffers.close();
    }
}
