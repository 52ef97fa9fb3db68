package dev.narwhal.master.serve;

import com.google.gson.JsonObject;
import dev.narwhal.master.arbiter.Exit;
import dev.narwhal.master.arbiter.Happening;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operator's commands when something happens: one after the other, in the order of what happened, on a thread of its own. The arbiter never waits
 * for them; when too many wait, further ones are left out, which the log says.
 */
final class Hooks implements Closeable {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration MOST_AT_END = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 100;
    private static final Logger log = LoggerFactory.getLogger(Hooks.class);

    private final Map<String, String> commands;
    private final Map<String, String> environment;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon(true).name("hooks").factory());

    /**
     * The hooks of a server.
     *
     * @param commands by {@code on-EVENT}
     * @param environment the variables that they get
     */
    Hooks(Map<String, String> commands, Map<String, String> environment) {
        this.commands = Map.copyOf(commands);
        this.environment = Map.copyOf(environment);
    }

    /** The listeners are bound. */
    void started() {
        run("started", new JsonObject());
    }

    void tell(Happening happening) {
        var facts = new JsonObject();
        switch (happening) {
            case Happening.Ready(int workers) -> {
                facts.addProperty("workers", workers);
                run("ready", facts);
            }
            case Happening.WorkerReady(int slot, int pid, int generation, Duration boot) -> {
                worker(facts, slot, pid, generation);
                facts.addProperty("bootMillis", boot.toMillis());
                run("worker-ready", facts);
            }
            case Happening.WorkerExited(int slot, int pid, int generation, Exit exit, Duration uptime) -> {
                worker(facts, slot, pid, generation);
                facts.addProperty("cause", Hands.cause(exit));
                facts.addProperty("uptimeSeconds", uptime.toSeconds());
                run("worker-exited", facts);
            }
            case Happening.Reloaded(int generation) -> {
                facts.addProperty("generation", generation);
                run("reload-ok", facts);
            }
            case Happening.Refused(int generation, String reason) -> {
                facts.addProperty("generation", generation);
                facts.addProperty("reason", reason);
                run("reload-failed", facts);
            }
            case Happening.Stopping() -> run("stopping", facts);
            case Happening.WorkerLost _, Happening.Adapted _, Happening.Held _ -> {}
        }
    }

    private static void worker(JsonObject facts, int slot, int pid, int generation) {
        facts.addProperty("slot", slot);
        facts.addProperty("worker", pid);
        facts.addProperty("generation", generation);
    }

    private void run(String event, JsonObject facts) {
        var command = commands.get("on-" + event);
        if (command == null) {
            return;
        }
        facts.addProperty("event", event);
        facts.addProperty("time", Instant.now().toString());
        facts.addProperty("master", ProcessHandle.current().pid());
        try {
            thread.execute(() -> run(event, command, facts + "\n"));
        } catch (RejectedExecutionException _) {
            log.warn("hook on-{}: left out, since {} others wait for one that takes too long", event, MOST_WAITING);
        }
    }

    private void run(String event, String command, String facts) {
        var builder = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            try (var input = process.getOutputStream()) {
                input.write(facts.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                log.debug("hook on-{}: does not read its input", event, e);
            }
            if (!await(process)) {
                log.warn("hook on-{}: not done after {} s, and killed: {}", event, MOST.toSeconds(), command);
            } else if (process.exitValue() != 0) {
                log.warn("hook on-{}: ended with {}: {}", event, process.exitValue(), command);
            }
        } catch (IOException e) {
            log.warn("hook on-{}: {}", event, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it ended by itself. */
    private static boolean await(Process process) throws InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
            return ended;
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** What waits is still run, unless it takes too long. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(MOST_AT_END.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("hooks: not done {} s after the end, and killed", MOST_AT_END.toSeconds());
                thread.shutdownNow();
                var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
