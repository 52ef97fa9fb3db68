package dev.narwhal.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When collections no longer help. */
final class HeapTrendTest {

    private static final int MOST = 1000;

    @ParameterizedTest
    @CsvSource(
            nullValues = "never",
            value = {
                "three collections in a row,          901 902 903,         3",
                "one collection looked at often,      901 901 901 901,     never",
                "exactly the share,                   900 899 900 898,     never",
                "a collection between that helped,    901 902 300 903 904, never",
                "three after one that helped,         901 300 903 904 905, 5",
                "nothing collected yet,               0 0 0 0,             never"
            })
    void full_is_what_several_collections_leave_full(String series, String used, Integer fullAt) {
        var trend = new HeapTrend(90);
        Integer found = null;
        int look = 0;
        for (long bytes :
                Arrays.stream(used.split(" ")).mapToLong(Long::parseLong).toArray()) {
            look++;
            if (trend.isFull(bytes, MOST) && found == null) {
                found = look;
            }
        }
        assertThat(found).as(series).isEqualTo(fullAt);
    }
}
