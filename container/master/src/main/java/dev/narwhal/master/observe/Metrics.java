package dev.narwhal.master.observe;

import dev.narwhal.contract.ProcStatus;
import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardContexts;
import dev.narwhal.contract.ScoreboardSessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server in numbers, for Prometheus and for those to whom they are sent. Any thread; one look at a time. */
public final class Metrics implements AutoCloseable {

    /** The media type of {@link #scrape}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final List<String> STATES =
            List.of("spawning", "booting", "ready", "paused", "dumping", "draining", "killed", "backoff", "crash-loop");

    private static final List<String> STATUSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Observer observer;
    private final MultiGauge states;
    private final MultiGauge inFlight;
    private final MultiGauge connections;
    private final MultiGauge resident;
    private final MultiGauge contexts;
    private final MultiGauge contextBytes;
    private final List<PerWorker> perWorker = new ArrayList<>();
    private final MultiGauge queued;
    private final MultiGauge limits;
    private final MultiGauge busy;

    public Metrics(Observer observer) {
        this.observer = observer;
        FunctionCounter.builder("narwhal.requests", observer.totals(), Totals::requests)
                .description("Requests begun, those of workers that are gone included")
                .register(registry);
        FunctionCounter.builder("narwhal.worker.spawns", observer.totals(), Totals::spawns)
                .description("Workers spawned")
                .register(registry);
        Gauge.builder("narwhal.workers.target", observer, each -> each.status().target())
                .description("Workers wanted")
                .register(registry);
        Gauge.builder(
                        "narwhal.generation",
                        observer,
                        each -> each.status().release().serving())
                .description("The release that serves, counted from 1")
                .register(registry);
        FunctionCounter.builder(
                        "narwhal.releases",
                        observer,
                        each -> each.status().release().newest())
                .description("Releases tried, the first and refused ones included")
                .register(registry);
        List.of("ok", "refused", "canary", "rollback").forEach(this::reloads);
        answers();
        sessions();
        states = MultiGauge.builder("narwhal.workers")
                .description("Workers by state")
                .register(registry);
        inFlight = MultiGauge.builder("narwhal.requests.in.flight")
                .description("Requests begun and not ended")
                .register(registry);
        connections = MultiGauge.builder("narwhal.connections")
                .description("Open client connections")
                .register(registry);
        contexts = MultiGauge.builder("narwhal.context.sessions")
                .description("Sessions in the store, by context")
                .baseUnit("live")
                .register(registry);
        contextBytes = MultiGauge.builder("narwhal.context.session.store")
                .description("What the sessions of a context take in the store, about")
                .baseUnit("bytes")
                .register(registry);
        resident = MultiGauge.builder("narwhal.worker.resident")
                .description("Memory of the worker that is resident")
                .baseUnit("bytes")
                .register(registry);
        queued = MultiGauge.builder("narwhal.accept.queue")
                .description("Connections that wait in the kernel for a worker to accept them")
                .register(registry);
        each("narwhal.permits", "Requests that the worker runs at once", "", ServerStatus.Worker::permits);
        each(
                "narwhal.permits.free",
                "How many of these are free",
                "",
                worker -> Math.max(0, worker.permits() - worker.inFlight()));
        limits = MultiGauge.builder("narwhal.workers.limit")
                .description("How many workers the load may lead to, at least and at most")
                .register(registry);
        busy = MultiGauge.builder("narwhal.workers.busy")
                .description("How much of what the workers can do they have done lately")
                .baseUnit("ratio")
                .register(registry);
        each("narwhal.threads.busy", "Threads that are in a request", "", ServerStatus.Worker::busyThreads);
        each(
                "narwhal.worker.heap.used",
                "Heap of the worker, garbage included",
                "bytes",
                ServerStatus.Worker::heapBytes);
        each(
                "narwhal.worker.heap.live",
                "What it was after the last collection",
                "bytes",
                ServerStatus.Worker::liveBytes);
        each("narwhal.worker.heap.max", "What it may become", "bytes", ServerStatus.Worker::heapMostBytes);
        each("narwhal.worker.leader", "1 for the worker that leads", "", worker -> worker.leader() ? 1 : 0);
        each(
                "narwhal.worker.proportional",
                "Memory of the worker, where it shares a part of what is shared",
                "bytes",
                Metrics::proportional);
        times(
                "narwhal.worker.boot",
                "From the spawn of a worker to when it was ready",
                each -> each.totals().boots());
        times(
                "narwhal.prepare",
                "What the preparation of a release took",
                each -> each.totals().preparations());
        times(
                "narwhal.gc.pause",
                "Pauses of the workers' garbage collectors",
                each -> each.totals().pauses());
        times("narwhal.request.queue", "How long requests waited in their worker for a thread", Metrics::waits);
    }

    /** A gauge with a row for each worker. */
    private record PerWorker(MultiGauge gauge, ToDoubleFunction<ServerStatus.Worker> value) {}

    private void each(String name, String description, String unit, ToDoubleFunction<ServerStatus.Worker> value) {
        var gauge = MultiGauge.builder(name).description(description);
        perWorker.add(new PerWorker((unit.isEmpty() ? gauge : gauge.baseUnit(unit)).register(registry), value));
    }

    private void times(String name, String description, Function<Observer, Totals.Times> times) {
        FunctionTimer.builder(
                        name,
                        observer,
                        each -> times.apply(each).count(),
                        each -> times.apply(each).nanos(),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }

    private static Totals.Times waits(Observer observer) {
        var answers = observer.answers();
        return new Totals.Times(
                answers.durations().stream().mapToLong(Long::longValue).sum(), answers.waitNanos());
    }

    /** The kernel walks all pages for it, so only who scrapes pays. */
    private static double proportional(ServerStatus.Worker worker) {
        return worker.pid() == 0 ? 0 : ProcStatus.proportionalBytes(Integer.toString(worker.pid()));
    }

    private void reloads(String outcome) {
        FunctionCounter.builder(
                        "narwhal.reloads", observer, each -> each.reloads().getOrDefault(outcome, 0L))
                .description("Reloads by outcome; canary: taken back for how its first worker served")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void answers() {
        for (int i = 0; i < STATUSES.size(); i++) {
            int place = i;
            FunctionCounter.builder(
                            "narwhal.responses",
                            observer,
                            each -> each.answers().statuses().get(place))
                    .description(
                            "Requests answered, by class of their status; none: those that ended without an answer")
                    .tag("status", STATUSES.get(i))
                    .register(registry);
        }
        FunctionCounter.builder(
                        "narwhal.responses", observer, each -> each.answers().unanswered())
                .tag("status", "none")
                .register(registry);
        FunctionCounter.builder(
                        "narwhal.request.timeouts",
                        observer,
                        each -> each.answers().timedOut())
                .description("Requests that ran for longer than --request-timeout")
                .register(registry);
        refusals("max-queue", ScoreboardAnswers.Snapshot::surplus);
        refusals("queue-timeout", ScoreboardAnswers.Snapshot::overdue);
        // Micrometer's histograms count for themselves; these were counted in the workers.
        registry.getPrometheusRegistry()
                .register(() -> Durations.snapshot("narwhal_request_duration_seconds", observer.answers()));
    }

    private void refusals(String limit, ToLongFunction<ScoreboardAnswers.Snapshot> count) {
        FunctionCounter.builder("narwhal.requests.refused", observer, each -> count.applyAsLong(each.answers()))
                .description("Requests that found no place and were answered 503, by the limit that they have met")
                .tag("limit", limit)
                .register(registry);
    }

    private void sessions() {
        gauge("narwhal.sessions", "Sessions in the store", ScoreboardSessions.Snapshot::live, "live");
        gauge("narwhal.session.store", "What the store of sessions takes", ScoreboardSessions.Snapshot::bytes, "bytes");
        event("created", ScoreboardSessions.Snapshot::created);
        event("expired", ScoreboardSessions.Snapshot::expired);
        event("invalidated", ScoreboardSessions.Snapshot::invalidated);
        event("refused", ScoreboardSessions.Snapshot::refused);
        event("conflict", ScoreboardSessions.Snapshot::conflicts);
        timer("read", "Reads of the store", ScoreboardSessions.Snapshot::reads, ScoreboardSessions.Snapshot::readNanos);
        timer(
                "write",
                "Writes of the store",
                ScoreboardSessions.Snapshot::writes,
                ScoreboardSessions.Snapshot::writeNanos);
    }

    private void gauge(
            String name, String description, ToDoubleFunction<ScoreboardSessions.Snapshot> value, String unit) {
        Gauge.builder(name, observer, each -> value.applyAsDouble(each.sessions()))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void event(String event, ToDoubleFunction<ScoreboardSessions.Snapshot> value) {
        FunctionCounter.builder("narwhal.session.events", observer, each -> value.applyAsDouble(each.sessions()))
                .description("What happened to sessions")
                .tag("event", event)
                .register(registry);
    }

    private void timer(
            String operation,
            String description,
            ToLongFunction<ScoreboardSessions.Snapshot> count,
            ToDoubleFunction<ScoreboardSessions.Snapshot> nanos) {
        FunctionTimer.builder(
                        "narwhal.session.store." + operation,
                        observer,
                        each -> count.applyAsLong(each.sessions()),
                        each -> nanos.applyAsDouble(each.sessions()),
                        TimeUnit.NANOSECONDS)
                .description(description + "; of the time one in 16 is measured")
                .register(registry);
    }

    /** All metrics in Prometheus' text format. */
    public synchronized String scrape() {
        refresh();
        return registry.scrape();
    }

    /** All metrics. */
    public synchronized List<Measure> measures() {
        refresh();
        return Measures.of(registry.getPrometheusRegistry().scrape());
    }

    /** What is told of as many things as there are at the moment. */
    private void refresh() {
        var workers = observer.status().workers();
        states.register(
                STATES.stream()
                        .map(state -> Row.of(
                                Tags.of("state", state),
                                workers.stream()
                                        .filter(worker -> worker.state().equals(state))
                                        .count()))
                        .collect(Collectors.toList()),
                true);
        inFlight.register(rows(workers, ServerStatus.Worker::inFlight), true);
        connections.register(rows(workers, ServerStatus.Worker::connections), true);
        resident.register(rows(workers, ServerStatus.Worker::residentBytes), true);
        perWorker.forEach(each -> each.gauge().register(rows(workers, each.value()), true));
        queued.register(
                observer.listening().stream()
                        .<Row<?>>map(listening -> Row.of(Tags.of("listener", listening.address()), listening.queued()))
                        .toList(),
                true);
        var bySessions = observer.sessionStatus().contexts();
        contexts.register(contexts(bySessions, ScoreboardContexts.Row::live), true);
        contextBytes.register(contexts(bySessions, ScoreboardContexts.Row::bytes), true);
        observer.totals()
                .exits()
                .keySet()
                .forEach(cause -> count(
                        "narwhal.worker.exits",
                        "Workers ended, by cause",
                        Tags.of("cause", cause),
                        totals -> totals.exits().getOrDefault(cause, 0L)));
        observer.totals()
                .losses()
                .keySet()
                .forEach(cause -> count(
                        "narwhal.worker.losses",
                        "Workers that stopped serving or booting, by why they did",
                        Tags.of("cause", cause),
                        totals -> totals.losses().getOrDefault(cause, 0L)));
        observer.totals()
                .adaptations()
                .keySet()
                .forEach(each -> count(
                        "narwhal.workers.adaptations",
                        "How the number of workers followed the load, or could not",
                        Tags.of("outcome", each.outcome(), "cause", each.cause()),
                        totals -> totals.adaptations().getOrDefault(each, 0L)));
        var range = Optional.ofNullable(observer.status().range());
        limits.register(
                range.stream()
                        .<Row<?>>flatMap(each -> Stream.of(
                                Row.of(Tags.of("bound", "least"), each.least()),
                                Row.of(Tags.of("bound", "most"), each.most())))
                        .toList(),
                true);
        busy.register(
                range.stream()
                        .<Row<?>>map(each -> Row.of(Tags.empty(), each.busy()))
                        .toList(),
                true);
    }

    /** Causes come up one by one. Micrometer warns of what is registered twice. */
    private void count(String name, String description, Tags tags, ToDoubleFunction<Totals> value) {
        if (registry.find(name).tags(tags).functionCounter() == null) {
            FunctionCounter.builder(name, observer.totals(), value)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }

    private static List<Row<?>> rows(List<ServerStatus.Worker> workers, ToDoubleFunction<ServerStatus.Worker> value) {
        return workers.stream()
                .<Row<?>>map(
                        worker -> Row.of(Tags.of("slot", Integer.toString(worker.slot())), value.applyAsDouble(worker)))
                .toList();
    }

    private static List<Row<?>> contexts(
            List<ScoreboardContexts.Row> contexts, ToLongFunction<ScoreboardContexts.Row> value) {
        return contexts.stream()
                .<Row<?>>map(context -> Row.of(
                        Tags.of("context", context.path().isEmpty() ? "/" : context.path()),
                        value.applyAsLong(context)))
                .toList();
    }

    @Override
    public void close() {
        registry.close();
    }
}
