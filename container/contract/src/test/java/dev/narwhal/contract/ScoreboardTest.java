package dev.narwhal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreboardTest {

    @TempDir
    Path directory;

    Path file = Path.of("unset");

    @BeforeEach
    void create() throws IOException {
        file = directory.resolve("scoreboard");
        try (var created = new RandomAccessFile(file.toFile(), "rw")) {
            created.setLength(Scoreboard.bytes(3));
        }
    }

    @Test
    void what_happened_to_sessions_is_counted_over_all_workers_that_a_slot_has_had() throws IOException {
        try (var worker = Scoreboard.map(file, 3);
                var master = Scoreboard.map(file, 3)) {
            var first = worker.slot(1).sessions();
            first.created("/shop");
            first.live("/shop", 10);
            first.gauge(10, 4096);
            assertThat(first.write()).isTrue();
            first.writeTook(5);
            worker.slot(1).reset(2);
            worker.slot(1).sessions().created("/shop");
            assertThat(worker.slot(1).sessions().write()).isFalse();
            worker.slot(2).sessions().expired("/shop");
            worker.slot(2).sessions().serves("");
            worker.slot(2).sessions().live("/shop", 9);
            worker.slot(2).sessions().gauge(9, 8192);

            var all = master.sessions();
            assertThat(all.created()).isEqualTo(2);
            assertThat(all.expired()).isOne();
            assertThat(all.live()).isEqualTo(9);
            assertThat(all.bytes()).isEqualTo(8192);
            assertThat(all.writes()).isEqualTo(2);
            assertThat(all.writeNanos()).isEqualTo(80);
            assertThat(master.sessionsByContext())
                    .containsExactly(
                            new ScoreboardContexts.Row("", 0, 0, 0, 0, 0, 0),
                            new ScoreboardContexts.Row("/shop", 9, 2, 1, 0, 0, 0));
        }
    }

    @Test
    void contexts_that_have_no_row_are_counted_together_only() throws IOException {
        try (var worker = Scoreboard.map(file, 3)) {
            var sessions = worker.slot(0).sessions();
            for (int i = 0; i < 40; i++) {
                sessions.created("/" + "long".repeat(i));
            }
            worker.slot(0).answers();
            worker.slot(0).reset(2);

            assertThat(worker.sessions().created()).isEqualTo(40);
            assertThat(worker.sessionsByContext())
                    .as("those whose first 78 bytes are the same share a row")
                    .hasSize(21)
                    .last()
                    .satisfies(row -> assertThat(row.created()).isEqualTo(20))
                    .satisfies(row -> assertThat(row.path()).hasSize(78));
        }
    }

    @Test
    void how_requests_ended_is_counted_over_all_workers_that_a_slot_has_had() throws IOException {
        try (var worker = Scoreboard.map(file, 3);
                var master = Scoreboard.map(file, 3)) {
            worker.slot(0).answers().answered(204, 1_000_000);
            worker.slot(0).reset(2);
            worker.slot(0).answers().answered(503, 1_000_001);
            worker.slot(2).answers().answered(101, 60_000_000_000L);
            worker.slot(2).answers().unanswered(7);

            var all = master.answers();
            assertThat(all.statuses()).containsExactly(1L, 1L, 0L, 0L, 1L);
            assertThat(all.unanswered()).isOne();
            assertThat(all.durations()).hasSize(ScoreboardAnswers.BOUNDS.size() + 1);
            assertThat(all.durations().getFirst()).isEqualTo(2);
            assertThat(all.durations().get(1)).isOne();
            assertThat(all.durations().getLast()).isOne();
            assertThat(all.nanos()).isEqualTo(60_002_000_008L);
        }
    }

    @Test
    void what_a_worker_writes_is_what_another_process_reads() throws IOException {
        try (var worker = Scoreboard.map(file, 3);
                var master = Scoreboard.map(file, 3)) {
            var slot = worker.slot(1);
            slot.reset(4);
            slot.pid(812);
            slot.state(ScoreboardSlot.State.READY);
            slot.beat(77);
            slot.connectionOpened();
            slot.connectionOpened();
            slot.connectionClosed();
            slot.begin("GET", "/a", 100);
            int second = slot.begin("POST", "/b/" + "x".repeat(400), 50);

            assertThat(master.slot(1).counters())
                    .isEqualTo(new ScoreboardSlot.Counters(ScoreboardSlot.State.READY, 812, 4, 77, 2, 1, 2));
            assertThat(master.slot(1).requests(1100))
                    .containsExactly(
                            new ScoreboardSlot.Request(Duration.ofNanos(1050), "POST", "/b/" + "x".repeat(221)),
                            new ScoreboardSlot.Request(Duration.ofNanos(1000), "GET", "/a"));
            assertThat(master.slot(0).counters().state()).isEqualTo(ScoreboardSlot.State.EMPTY);

            slot.end(second);

            assertThat(master.slot(1).inFlight()).isEqualTo(1);
            assertThat(master.slot(1).requests(1100))
                    .extracting(ScoreboardSlot.Request::path)
                    .containsExactly("/a");
        }
    }

    @Test
    void more_requests_than_the_ring_has_places_are_counted_but_not_recorded() throws IOException {
        try (var scoreboard = Scoreboard.map(file, 3)) {
            var slot = scoreboard.slot(2);
            var tickets = new ArrayList<Integer>();
            for (int i = 0; i < 300; i++) {
                tickets.add(slot.begin("GET", "/" + i, 1));
            }

            assertThat(slot.inFlight()).isEqualTo(300);
            assertThat(slot.requests(2)).hasSize(256);
            assertThat(tickets).contains(ScoreboardSlot.UNRECORDED);

            tickets.forEach(slot::end);

            assertThat(slot.inFlight()).isZero();
            assertThat(slot.requests(2)).isEmpty();
        }
    }
}
