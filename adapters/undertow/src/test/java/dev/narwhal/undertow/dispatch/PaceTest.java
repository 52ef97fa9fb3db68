package dev.narwhal.undertow.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long QUICK = Pace.QUICK.toNanos();
    private static final long SLOW = QUICK + 1;

    private final Pace pace = new Pace();

    private void take(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            pace.took(nanos);
        }
    }

    @Test
    void what_was_not_measured_is_not_quick() {
        take(Pace.WINDOW - 1, QUICK);

        assertThat(pace.isQuick()).isFalse();
    }

    @Test
    void a_window_of_quick_ones_makes_it_quick() {
        take(Pace.WINDOW, QUICK);

        assertThat(pace.isQuick()).isTrue();
    }

    @Test
    void a_few_slow_ones_do_not_matter() {
        take(Pace.WINDOW / 16, SLOW);
        take(Pace.WINDOW - Pace.WINDOW / 16, QUICK);

        assertThat(pace.isQuick()).isTrue();
    }

    @Test
    void a_window_with_more_slow_ones_ends_it() {
        take(Pace.WINDOW, QUICK);
        take(Pace.WINDOW / 16 + 1, SLOW);
        take(Pace.WINDOW - Pace.WINDOW / 16 - 1, QUICK);

        assertThat(pace.isQuick()).isFalse();
    }
}
