package dev.narwhal.master.control;

import dev.narwhal.master.observe.Live;
import dev.narwhal.master.observe.Metrics;
import dev.narwhal.master.observe.Observer;
import dev.narwhal.master.observe.ServerStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is behind a door, by method and path. */
public final class Routes {

    private final SequencedMap<String, Function<List<String>, Answer>> answers = new LinkedHashMap<>();

    /** What concerns one worker, behind the door for the owner. */
    private Optional<WorkerRoutes> worker = Optional.empty();

    private Supplier<String> events = () -> "{}";

    private Routes() {}

    /** Health and numbers, for probes and scrapers, and a page that shows them: nothing here changes anything. */
    public static Routes ops(Observer observer, Metrics metrics) {
        var routes = new Routes();
        routes.answers.put("GET /livez", _ -> Answer.text(200, "ok"));
        routes.answers.put("GET /readyz", _ -> ready(observer.status()));
        routes.answers.put("GET /live", _ -> Answer.json(Live.of(observer)));
        routes.answers.put("GET /", _ -> Dashboard.page());
        // The door streams them, unless too many listen already.
        routes.answers.put("GET /events", _ -> Answer.error(503, "too many listen to events already."));
        routes.events = () -> Answer.compact(Live.of(observer));
        routes.answers.put("GET /metrics", _ -> new Answer(200, Metrics.MEDIA_TYPE, metrics.scrape()));
        return routes;
    }

    /** Everything, for the owner. */
    public static Routes control(Observer observer, Metrics metrics, Orders orders, Supplier<String> config) {
        var routes = ops(observer, metrics);
        routes.answers.put("GET /status", _ -> Answer.json(observer.status()));
        routes.answers.put("GET /workers", _ -> Answer.json(observer.status().workers()));
        routes.answers.put("GET /requests", _ -> Answer.json(observer.requests()));
        routes.answers.put("GET /sessions", _ -> Answer.json(observer.sessionStatus()));
        routes.answers.put("GET /listeners", _ -> Answer.json(observer.listening()));
        routes.answers.put("GET /config", _ -> new Answer(200, "application/toml", config.get()));
        routes.worker = Optional.of(new WorkerRoutes(observer, orders));
        routes.answers.put("POST /reload", wars -> {
            orders.reload(wars);
            return Answer.accepted("reload");
        });
        routes.answers.put("POST /rollback", _ -> {
            if (!observer.status().release().canRollBack()) {
                return Answer.error(
                        409, "no release is kept, and none is tried. Give --keep-previous before the next reload.");
            }
            orders.rollback();
            return Answer.accepted("rollback");
        });
        routes.order("POST /upgrade", orders::upgrade);
        routes.order("POST /pause", () -> orders.pause(true));
        routes.order("POST /resume", () -> orders.pause(false));
        routes.order("POST /reopen", orders::reopenLogs);
        routes.order("POST /workers/add", orders::addWorker);
        routes.order("POST /workers/remove", orders::removeWorker);
        routes.order("POST /stop", () -> orders.stop(false));
        routes.order("POST /stop/quick", () -> orders.stop(true));
        return routes;
    }

    private void order(String request, Runnable order) {
        answers.put(request, _ -> {
            order.run();
            return Answer.accepted(request.substring(request.indexOf('/') + 1));
        });
    }

    private static Answer ready(ServerStatus status) {
        var text = status.ready() + " of " + status.target() + " workers ready";
        if (!status.mode().equals("running")) {
            return Answer.text(503, status.mode() + ", " + text);
        }
        return Answer.text(status.ready() > 0 ? 200 : 503, text);
    }

    /** What {@code GET /events} tells again and again. */
    Supplier<String> events() {
        return events;
    }

    /**
     * What is behind a path.
     *
     * @param wars all values of {@code war} in the query
     */
    Answer answer(String method, String path, Map<String, String> query, List<String> wars) {
        // A probe may ask with HEAD; the door leaves the body out.
        var asked = method.equals("HEAD") ? "GET" : method;
        var answer = answers.get(asked + " " + path);
        if (answer != null) {
            return answer.apply(wars);
        }
        var ofWorker = worker.flatMap(routes -> routes.answer(asked, path, query));
        if (ofWorker.isPresent()) {
            return ofWorker.get();
        }
        var methods = new TreeSet<String>();
        for (var known : answers.keySet()) {
            if (known.endsWith(" " + path)) {
                methods.add(known.substring(0, known.indexOf(' ')));
            }
        }
        return methods.isEmpty()
                ? Answer.error(404, "no " + path + " here. There are: " + String.join(", ", answers.keySet()) + ".")
                : Answer.error(405, path + " does not take " + method + " but " + String.join(", ", methods) + ".");
    }
}
