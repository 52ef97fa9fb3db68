package dev.narwhal.undertow.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.WorkerSpec.RequestTimes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathLimitsTest {

    private final PathLimits limits = new PathLimits(new RequestTimes(
            Duration.ofSeconds(30),
            Map.of(
                    "/shop/report", Duration.ofSeconds(1),
                    "/shop/*", Duration.ofSeconds(2),
                    "/shop/api/*", Duration.ofSeconds(3),
                    "*.pdf", Duration.ofSeconds(4)),
            0,
            Duration.ZERO,
            Duration.ZERO));

    @ParameterizedTest
    @CsvSource({
        "/, 30",
        "/other, 30",
        "/shop/report, 1",
        "/shop/report/all, 2",
        "/shop, 2",
        "/shopping, 30",
        "/shop/api, 3",
        "/shop/api/v1/orders, 3",
        "/shop/invoice.pdf, 2",
        "/invoice.pdf, 4",
        "/v1.pdf/list, 30"
    })
    void the_closest_pattern_counts(String path, long seconds) {
        assertThat(limits.of(path)).hasSeconds(seconds);
    }
}
