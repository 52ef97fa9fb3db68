package dev.narwhal.master.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where numbers are sent, beside being there for who asks.
 *
 * @param interval how often
 * @param tags what is said with each number
 */
public record PushRules(Optional<Statsd> statsd, Optional<Otlp> otlp, Duration interval, Map<String, String> tags) {

    /**
     * A StatsD.
     *
     * @param prefix of all names; empty for none
     */
    public record Statsd(Bind address, Flavor flavor, String prefix) {}

    /** Whose extension of StatsD is spoken. */
    public enum Flavor {
        /** None: what others have as tags is in the name. */
        ETSY,
        /** Tags behind a number sign. */
        DATADOG,
        /** Tags behind the name, as InfluxDB has them. */
        TELEGRAF;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A receiver of OTLP over HTTP.
     *
     * @param headers for each request; what they say may be secret
     */
    public record Otlp(URI url, Map<String, String> headers) {

        public Otlp {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /** Without what is secret. */
        @Override
        public String toString() {
            return "Otlp[url=" + url + ", headers=" + headers.keySet() + "]";
        }
    }

    public PushRules {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    static PushRules of(Givens givens) {
        return new PushRules(
                givens.optional(Settings.STATSD)
                        .map(address -> new Statsd(
                                address,
                                givens.one(Settings.STATSD_FLAVOR),
                                givens.optional(Settings.STATSD_PREFIX).orElse(""))),
                givens.optional(Settings.OTLP)
                        .map(url -> new Otlp(url, Config.table(givens.all(Settings.OTLP_HEADER)))),
                givens.one(Settings.METRICS_INTERVAL),
                Config.table(givens.all(Settings.METRICS_TAG)));
    }
}
