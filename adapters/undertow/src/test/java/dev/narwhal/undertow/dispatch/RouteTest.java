package dev.narwhal.undertow.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final long SHORT = Route.SHORT.toNanos() / 5;
    private static final long MIDDLING = Route.SHORT.toNanos() * 2;
    private static final long LONG = Route.LONG.toNanos() + 1;

    private final Route route = new Route("/ping (servlet ping)");

    private void prove(int bursts, long nanos) {
        for (int i = 0; i < bursts; i++) {
            route.ranElsewhere(nanos);
        }
    }

    @Test
    void a_route_that_is_not_known_runs_elsewhere() {
        prove(Route.EVIDENCE - 1, SHORT);

        assertThat(route.onLoop()).isFalse();
    }

    @Test
    void short_bursts_bring_it_to_the_loop() {
        prove(Route.EVIDENCE, SHORT);

        assertThat(route.onLoop()).isTrue();
    }

    @Test
    void a_few_that_are_not_quite_short_do_not_matter() {
        prove(3, MIDDLING);
        prove(Route.EVIDENCE - 3, SHORT);

        assertThat(route.onLoop()).isTrue();
    }

    @Test
    void many_that_are_not_quite_short_keep_it_off() {
        for (int i = 0; i < 10 * Route.EVIDENCE; i++) {
            route.ranElsewhere(i % 4 == 0 ? MIDDLING : SHORT);
        }

        assertThat(route.onLoop()).isFalse();
    }

    @Test
    void a_long_one_starts_the_count_again() {
        prove(Route.EVIDENCE - 1, SHORT);
        route.ranElsewhere(LONG);
        prove(Route.EVIDENCE - 1, SHORT);

        assertThat(route.onLoop()).isFalse();
    }

    @Test
    void one_stall_on_the_loop_takes_it_off_and_coming_back_takes_twice_the_evidence() {
        prove(Route.EVIDENCE, SHORT);
        route.ranOnLoop(Route.STALL.toNanos() + 1, new CpuMeter());

        assertThat(route.onLoop()).isFalse();

        prove(2 * Route.EVIDENCE - 1, SHORT);
        assertThat(route.onLoop()).isFalse();
        prove(1, SHORT);
        assertThat(route.onLoop()).isTrue();
    }

    @Test
    void waiting_for_a_core_is_not_held_against_it() {
        var cpu = new CpuMeter();
        cpu.mark(System.nanoTime());
        prove(Route.EVIDENCE, SHORT);
        route.ranOnLoop(Route.LONG.plus(Duration.ofMillis(5)).toNanos(), cpu);

        assertThat(route.onLoop()).isTrue();
    }
}
