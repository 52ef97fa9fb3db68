package dev.narwhal.master.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardContexts;
import dev.narwhal.contract.ScoreboardSessions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyTest {

    @Test
    void what_was_counted_reads_as_it_was_written() {
        var legacy = new Legacy(
                7,
                3,
                Map.of("exit-0", 2L),
                Map.of("worn", 1L),
                Map.of(new Totals.Adaptation("grown", "queued"), 4L),
                Map.of("ok", 5L),
                new Totals.Times(3, 1_000),
                new Totals.Times(1, 10),
                new Totals.Times(9, 99),
                new ScoreboardAnswers.Snapshot(
                        List.of(0L, 6L, 0L, 1L, 0L),
                        0,
                        0,
                        2,
                        3,
                        Collections.nCopies(ScoreboardAnswers.BOUNDS.size() + 1, 1L),
                        12,
                        13),
                new ScoreboardSessions.Snapshot(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                List.of(new ScoreboardContexts.Row("/shop", 0, 1, 2, 3, 4, 0)),
                List.of(new Chronicle.Change(
                        1_000, Chronicle.Kind.RELOAD, 2, Chronicle.Outcome.REFUSED, 70, "no class x.Y")),
                1_700_000_000_000L);

        assertThat(legacy.text()).doesNotContain("\n");
        assertThat(Legacy.parse(legacy.text())).hasValue(legacy);
    }

    @Test
    void what_another_version_counts_otherwise_is_passed_over() {
        assertThat(Legacy.parse("")).isEmpty();
        assertThat(Legacy.parse("{}")).isEmpty();
        assertThat(Legacy.parse("not JSON")).isEmpty();
        assertThat(Legacy.parse(Legacy.NONE.text().replaceFirst("\"durations\":\\[0,", "\"durations\":[")))
                .isEmpty();
        assertThat(Legacy.parse(Legacy.NONE.text())).isPresent();
        assertThat(Legacy.parse(Legacy.NONE.text().replace(",\"releases\":[]", "")))
                .hasValue(Legacy.NONE);
    }
}
