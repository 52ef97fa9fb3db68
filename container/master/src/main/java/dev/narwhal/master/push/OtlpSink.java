package dev.narwhal.master.push;

import dev.narwhal.master.config.PushRules;
import dev.narwhal.master.observe.Measure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A receiver of OTLP over HTTP. */
final class OtlpSink implements Sink {

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int REASON_BYTES = 200;
    private static final int FIRST_ERROR = 300;

    private final PushRules.Otlp target;
    private final OtlpRequest request;
    private final Duration patience;
    private final String version;
    private final HttpClient client;

    OtlpSink(PushRules.Otlp target, OtlpRequest request, Duration interval, String version) {
        this.target = target;
        this.request = request;
        this.patience = interval.compareTo(MOST) < 0 ? interval.plus(Duration.ofSeconds(1)) : MOST;
        this.version = version;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public void send(List<Measure> measures, Instant now) throws IOException, InterruptedException {
        var post = HttpRequest.newBuilder(target.url())
                .timeout(patience)
                .header("Content-Type", "application/x-protobuf")
                .header("User-Agent", "narwhal/" + version);
        target.headers().forEach(post::setHeader);
        try {
            var response = client.send(
                    post.POST(BodyPublishers.ofByteArray(request.of(measures, now)))
                            .build(),
                    BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var reason = body.readNBytes(REASON_BYTES);
                if (response.statusCode() >= FIRST_ERROR) {
                    throw new IOException("it answers %d %s"
                            .formatted(response.statusCode(), printable(reason))
                            .strip());
                }
            }
        } catch (HttpTimeoutException e) {
            throw new IOException("it does not answer within %d ms".formatted(patience.toMillis()), e);
        } catch (ConnectException e) {
            throw new IOException("nobody can be reached there", e);
        }
    }

    private static String printable(byte[] reason) {
        return new String(reason, StandardCharsets.UTF_8).replaceAll("[^ -~]+", " ");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    @Override
    public String toString() {
        return "OTLP at " + target.url();
    }
}
