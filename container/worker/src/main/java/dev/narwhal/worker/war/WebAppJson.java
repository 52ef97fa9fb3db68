package dev.narwhal.worker.war;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link WebApp} as JSON: absent values are null, durations are ISO-8601, and paths below the prepared directory are relative
 * to it, because that directory gets its final name only when it is complete.
 */
public final class WebAppJson {

    private final Gson gson;

    /**
     * A form with relative paths.
     *
     * @param base what they are relative to
     */
    public WebAppJson(Path base) {
        gson = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .registerTypeAdapterFactory(new OptionalFactory())
                .registerTypeHierarchyAdapter(Path.class, new PathAdapter(base))
                .registerTypeAdapter(Duration.class, new DurationAdapter())
                .create();
    }

    public String write(WebApp webApp) {
        return gson.toJson(webApp);
    }

    /**
     * Reads what {@link #write} gives.
     *
     * @throws JsonParseException if the text is something else
     */
    public WebApp read(String text) {
        WebApp webApp = gson.fromJson(text, WebApp.class);
        if (webApp == null) {
            throw new JsonParseException("empty");
        }
        return webApp;
    }

    private static final class OptionalFactory implements TypeAdapterFactory {
        @Override
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class) {
                return null;
            }
            var value = ((ParameterizedType) type.getType()).getActualTypeArguments()[0];
            @SuppressWarnings("unchecked") // T is Optional<value>, by the test above
            var adapter = (TypeAdapter<T>) new OptionalAdapter<>(gson.getAdapter(TypeToken.get(value)));
            return adapter;
        }
    }

    private static final class OptionalAdapter<T> extends TypeAdapter<Optional<T>> {
        private final TypeAdapter<T> value;

        OptionalAdapter(TypeAdapter<T> value) {
            this.value = value;
        }

        @Override
        public void write(JsonWriter out, Optional<T> optional) throws IOException {
            if (optional.isPresent()) {
                value.write(out, optional.get());
            } else {
                out.nullValue();
            }
        }

        @Override
        public Optional<T> read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Optional.empty();
            }
            return Optional.of(value.read(in));
        }
    }

    private static final class PathAdapter extends TypeAdapter<Path> {
        private final Path base;

        PathAdapter(Path base) {
            this.base = base;
        }

        @Override
        public void write(JsonWriter out, Path path) throws IOException {
            out.value((path.startsWith(base) ? base.relativize(path) : path).toString());
        }

        @Override
        public Path read(JsonReader in) throws IOException {
            return base.resolve(in.nextString());
        }
    }

    private static final class DurationAdapter extends TypeAdapter<Duration> {
        @Override
        public void write(JsonWriter out, Duration duration) throws IOException {
            out.value(duration.toString());
        }

        @Override
        public Duration read(JsonReader in) throws IOException {
            return Duration.parse(in.nextString());
        }
    }
}
