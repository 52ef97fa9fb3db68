package dev.narwhal.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Narwhal with sessions in a Redis of its own, which keeps nothing on disk; both end with this process's standard input. */
public final class RedisMain {

    private RedisMain() {}

    /** Arguments: the command of Narwhal, without {@code --sessions} and the WAR, and the WAR. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = freePort();
        var directory = Temporary.directory("narwhal-bench-redis");
        var redis = start(List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--dir",
                directory.toString(),
                "--logfile",
                directory.resolve("log").toString()));
        var command = new ArrayList<>(List.of(args));
        command.add(command.size() - 1, "--sessions=redis://127.0.0.1:" + port);
        var narwhal = start(command);
        while (System.in.read() >= 0) {
            // only the end of the input says something
        }
        narwhal.destroy();
        narwhal.waitFor();
        redis.destroy();
        redis.waitFor();
    }

    private static Process start(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        return process;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
