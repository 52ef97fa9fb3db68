package dev.narwhal.behaviour.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.narwhal.contract.Dispatch;
import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.engine.EngineProvider;
import dev.narwhal.worker.engine.EngineSetup;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.feature.Candidate;
import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.Feature;
import dev.narwhal.worker.feature.ServerResources;
import dev.narwhal.worker.observe.Logs;
import dev.narwhal.worker.security.Realm;
import dev.narwhal.worker.security.Realms;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.war.PreparedApp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/**
 * Deploys a prepared application in this JVM as a worker does, sends it requests, undeploys it, and says whether its class loader could be collected.
 * Runs on the class path of workers.
 *
 * <pre>
 * DIRECTORY [PATH | ws:PATH]...
 * </pre>
 *
 * With {@code -Dheap.dump=DIRECTORY} it writes a heap dump there when a class loader was not.
 */
public final class UndeployProbe {

    private static final String SOCKET = "ws:";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private UndeployProbe() {}

    public static void main(String[] arguments) throws Exception {
        Logs.configure("probe", "info");
        for (var dispatch : Dispatch.values()) {
            var loader = deployAndUndeploy(dispatch, List.of(arguments));
            boolean collected = isCollected(loader);
            System.out.println(dispatch.label() + ": " + (collected ? "collected" : "left behind"));
            var directory = System.getProperty("heap.dump");
            if (!collected && directory != null) {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(directory + "/" + dispatch.label() + ".hprof", true);
            }
        }
        System.exit(0);
    }

    private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reference.refersTo(null) && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(50);
        }
        return reference.refersTo(null);
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(Dispatch dispatch, List<String> arguments)
            throws Exception {
        var temporary = Files.createTempDirectory("narwhal-undeploy");
        var board = temporary.resolve("scoreboard");
        try (var file = new RandomAccessFile(board.toFile(), "rw");
                var socket = ServerSocketChannel.open()) {
            file.setLength(Scoreboard.bytes(1));
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            return run(dispatch, arguments, temporary, board, socket);
        } finally {
            Files.deleteIfExists(board);
            Files.delete(temporary);
        }
    }

    private static WeakReference<ClassLoader> run(
            Dispatch dispatch, List<String> arguments, Path temporary, Path board, ServerSocketChannel socket)
            throws Exception {
        var server = UndeployProbe.class.getClassLoader();
        var prepared = PreparedApp.load(Path.of(arguments.getFirst()));
        var classLoader = prepared.classLoader(server, Optional.empty());
        var spec = spec(dispatch, prepared);
        var candidate = new Candidate(prepared, classLoader, temporary, new ServerResources("", List.of()));
        var contributions = new ArrayList<Contribution>();
        for (var feature : ServiceLoader.load(Feature.class, server)) {
            contributions.add(feature.contribute(candidate));
        }
        var store = ServiceLoader.load(SessionStoreProvider.class, server).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("memory"))
                .findFirst()
                .orElseThrow()
                .open(spec.sessions());
        int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
        try (store;
                var scoreboard = Scoreboard.map(board, 1);
                var engine = ServiceLoader.load(EngineProvider.class, server)
                        .findFirst()
                        .orElseThrow()
                        .deploy(new EngineSetup(
                                spec,
                                scoreboard,
                                List.of(socket),
                                List.of(new LoadedApp("", prepared.webApp(), classLoader, temporary, contributions)),
                                new Realms(Realm.NOBODY, Optional.empty()),
                                Optional.empty(),
                                Optional.empty(),
                                store,
                                _ -> {}))) {
            engine.open();
            for (var path : arguments.subList(1, arguments.size())) {
                if (path.startsWith(SOCKET)) {
                    talk(port, path.substring(SOCKET.length()));
                } else {
                    get(port, path);
                }
            }
            engine.drain().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        return new WeakReference<>(classLoader);
    }

    private static WorkerSpec spec(Dispatch dispatch, PreparedApp prepared) {
        return new WorkerSpec(
                0,
                1,
                1,
                List.of(new WorkerSpec.Listener(0, "127.0.0.1:0", false)),
                3,
                4,
                dispatch,
                4,
                4,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                WorkerSpec.Wear.NONE,
                WorkerSpec.Limits.DEFAULT,
                Optional.empty(),
                WorkerSpec.Security.NONE,
                "warn",
                new WorkerSpec.Sessions("memory", Optional.empty(), 0, true),
                WorkerSpec.SessionRules.DEFAULT,
                List.of(new WorkerSpec.App("", prepared.directory())),
                List.of(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty());
    }

    private static void get(int port, String path) throws IOException {
        var connection = URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http) || http.getResponseCode() != 200) {
            throw new IllegalStateException(path + " does not answer as it should");
        }
        try (var body = connection.getInputStream()) {
            body.readAllBytes();
        }
    }

    private static void talk(int port, String path) {
        try (var client = HttpClient.newHttpClient()) {
            var socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + path), new WebSocket.Listener() {})
                    .join();
            socket.sendText("hello", true).join();
            socket.abort();
        }
    }
}
