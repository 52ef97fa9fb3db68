package dev.narwhal.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** nginx that answers the line from its configuration; ends with its standard input. */
public final class NginxMain {

    private static final Duration START = Duration.ofSeconds(10);
    private static final int LONGEST_RETRY_MILLIS = 50;

    private NginxMain() {}

    /** Arguments: the number of worker processes, the path, and the answer without its line end. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = freePort();
        var directory = Temporary.directory("narwhal-bench-nginx");
        var configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(directory, args[0], port, args[1], args[2]));
        var nginx = new ProcessBuilder(List.of(
                        "nginx", "-p", directory.toString(), "-c", configuration.toString(), "-g", "daemon off;"))
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(nginx::destroy));
        awaitAnswer(nginx, port);
        System.out.println("serving a constant at http://127.0.0.1:" + port + "/");
        while (System.in.read() >= 0) {
            // only the end of the input says something
        }
        nginx.destroy();
        nginx.waitFor();
    }

    private static String configuration(Path directory, String workers, int port, String path, String answer) {
        return """
                worker_processes %s;
                error_log stderr;
                pid %s;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  server {
                    listen 127.0.0.1:%d;
                    location = %s { default_type text/plain; return 200 "%s\\n"; }
                  }
                }
                """.formatted(workers, directory.resolve("pid"), port, path, answer);
    }

    /** nginx cannot choose a port by itself. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(Process nginx, int port) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (nginx.isAlive() && System.nanoTime() < deadline) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LONGEST_RETRY_MILLIS);
                return;
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("starting nginx: it does not listen on port " + port);
    }
}
