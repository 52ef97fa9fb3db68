package dev.narwhal.worker.war;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@link WebApp} as JSON: absent values are null, durations are ISO-8601, and paths below the prepared directory are relative
 * to it, because that directory gets its final name only when it is complete.
 *
 * <p>Writing follows the components of the records; {@link WebAppDecoder} has to be told of every new one.
 */
public final class WebAppJson {

    private final Path base;

    /**
     * A form with relative paths.
     *
     * @param base what they are relative to
     */
    public WebAppJson(Path base) {
        this.base = base;
    }

    public String write(WebApp webApp) {
        JsonSerializer<Optional<?>> optional =
                (value, _, context) -> value.isPresent() ? context.serialize(value.get()) : JsonNull.INSTANCE;
        JsonSerializer<Path> path =
                (value, _, _) -> new JsonPrimitive(relative(value).toString());
        JsonSerializer<Duration> duration = (value, _, _) -> new JsonPrimitive(value.toString());
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .registerTypeHierarchyAdapter(Optional.class, optional)
                .registerTypeHierarchyAdapter(Path.class, path)
                .registerTypeAdapter(Duration.class, duration)
                .create()
                .toJson(webApp);
    }

    private Path relative(Path path) {
        return path.startsWith(base) ? base.relativize(path) : path;
    }

    /**
     * Reads what {@link #write} gives.
     *
     * @throws JsonParseException if the text is something else
     */
    public WebApp read(String text) {
        try {
            return new WebAppDecoder(base)
                    .webApp(new Json(JsonParser.parseString(text).getAsJsonObject()));
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new JsonParseException("not an application", e); // this is how Gson says that a type is another one
        }
    }
}
