package dev.narwhal.master.serve;

import dev.narwhal.master.config.Bind;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.control.ControlSocket;
import dev.narwhal.master.control.Door;
import dev.narwhal.master.control.Orders;
import dev.narwhal.master.control.Routes;
import dev.narwhal.master.observe.Measure;
import dev.narwhal.master.observe.Metrics;
import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.push.Pusher;
import dev.narwhal.master.push.Source;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control socket and the ops address of a master, as the configuration has them, and where it sends its numbers. */
final class Doors implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Doors.class);

    private final Deque<Closeable> open = new ArrayDeque<>();

    private Doors() {}

    /**
     * Opens all or none. What the operator named must open; the control socket that is there by default may be missing, with a warning.
     *
     * @throws IOException with a sentence for the operator
     */
    static Doors open(
            Config config, Map<String, String> environment, Observer observer, Orders orders, Supplier<String> shown)
            throws IOException {
        var doors = new Doors();
        try {
            var metrics = new Metrics(observer);
            doors.open.push(metrics::close);
            Pusher.start(
                            config.push(),
                            metrics::measures,
                            () -> inherited(observer),
                            Source.of(Installation.version(), observer.since(), observer.listeners()))
                    .forEach(doors.open::push);
            if (config.ops().isPresent()) {
                doors.open.push(ops(config.ops().get(), Routes.ops(observer, metrics)));
            }
            doors.control(config, environment, Routes.control(observer, metrics, orders, shown));
            return doors;
        } catch (IOException | RuntimeException e) {
            doors.close();
            throw e;
        }
    }

    private static List<Measure> inherited(Observer observer) {
        return observer.inherited()
                .map(before -> {
                    try (var metrics = new Metrics(before)) {
                        return metrics.measures();
                    }
                })
                .orElse(List.of());
    }

    private static Closeable ops(Bind bind, Routes routes) throws IOException {
        try {
            var door = Door.tcp(bind.host(), bind.port(), routes);
            log.info("health and metrics at http://{}:{}/metrics", bind.host(), door.port());
            return door;
        } catch (IOException e) {
            var found = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("listening on %s for --ops: %s. Choose another address.".formatted(bind, found), e);
        }
    }

    private void control(Config config, Map<String, String> environment, Routes routes) throws IOException {
        if (config.noControlSocket()) {
            return;
        }
        if (config.controlSocket().isPresent()) {
            open.push(ControlSocket.open(config.controlSocket().get(), routes));
            return;
        }
        try {
            open.push(ControlSocket.open(environment, routes));
        } catch (IOException e) {
            log.warn("{} 'narwhal ctl' cannot reach this server", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
