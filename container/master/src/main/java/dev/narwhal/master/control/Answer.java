package dev.narwhal.master.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Map;

/** What a request to a door is answered with. */
record Answer(int status, String mediaType, String body) {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private static final Gson ONE_LINE = new GsonBuilder().disableHtmlEscaping().create();

    /** JSON in one line, without its end. */
    static String compact(Object value) {
        return ONE_LINE.toJson(value);
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text + "\n");
    }

    static Answer json(Object value) {
        return json(200, value);
    }

    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", JSON.toJson(value) + "\n");
    }

    /** An order was taken; what comes of it is in {@code GET /status}. */
    static Answer accepted(String what) {
        return json(202, Map.of("accepted", what));
    }

    static Answer error(int status, String text) {
        return json(status, Map.of("error", text));
    }
}
