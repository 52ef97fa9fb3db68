package dev.narwhal.master.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN =
            List.of("--workers", "--bind", "-b", "--keep-alive", "--graceful-timeout", "--boot-timeout");

    @ParameterizedTest
    @CsvSource({
        "--wrokers, --workers",
        "--worker, --workers",
        "--keepalive, --keep-alive",
        "--keep_alive, --keep-alive",
        "--graceful, --graceful-timeout",
        "--bnid, --bind",
    })
    void a_mistyped_name_has_a_suggestion(String typed, String meant) {
        assertThat(Suggestion.of(typed, KNOWN)).isEqualTo(" Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"-t", "--preload", "x"})
    void a_name_that_is_far_from_all_has_none(String typed) {
        assertThat(Suggestion.of(typed, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "abc, xbc, 1", "'', abc, 3", "kitten, sitting, 3"})
    void distance_counts_insertions_removals_replacements_and_swaps(String a, String b, int distance) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    }
}
