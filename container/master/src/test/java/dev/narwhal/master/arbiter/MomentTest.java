package dev.narwhal.master.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MomentTest {

    @Test
    void moments_compare_across_the_wrap_around_of_the_clock() {
        var before = new Moment(Long.MAX_VALUE);
        var after = before.plus(Duration.ofNanos(2));

        assertThat(after).isGreaterThan(before);
        assertThat(after.reached(before)).isTrue();
        assertThat(before.reached(after)).isFalse();
        assertThat(after.since(before)).isEqualTo(Duration.ofNanos(2));
    }
}
