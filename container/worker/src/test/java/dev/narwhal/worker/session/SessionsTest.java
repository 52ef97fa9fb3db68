package dev.narwhal.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec.SessionRules;
import jakarta.servlet.http.HttpSessionActivationListener;
import java.io.IOException;
import java.io.InvalidClassException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two workers, {@code one} and {@code two}, with one store. */
final class SessionsTest {

    private enum Colour {
        RED
    }

    private record Immutable(int number, String text, Colour colour, Instant at) {}

    private record Mutable(List<String> texts) {}

    /** Counts what is done, and cannot read an attribute called {@code broken}. */
    private static final class Counting implements Marshaller {

        private final Marshaller java = new JavaSerialization(SessionsTest.class.getClassLoader(), "");
        private int reads;
        private int writes;

        @Override
        public Serialized write(String attribute, Object value) throws IOException {
            writes++;
            return java.write(attribute, value);
        }

        @Override
        public Object read(String attribute, Serialized value) throws IOException, ClassNotFoundException {
            reads++;
            if (attribute.equals("broken")) {
                throw new InvalidClassException("another serialVersionUID");
            }
            return java.read(attribute, value);
        }
    }

    private static final class NoActivation implements Activation {
        @Override
        public void activated(SessionView session, HttpSessionActivationListener value) {
            // nobody asks
        }

        @Override
        public void passivating(SessionView session, HttpSessionActivationListener value) {
            // nobody asks
        }
    }

    private final MemoryStore store = new MemoryStore();
    private final Counting counting = new Counting();
    private final ScoreboardSessions counters = ScoreboardSessions.unseen();
    private final Sessions one =
            new Sessions(store, "", false, counting, new NoActivation(), SessionRules.DEFAULT, counters);
    private final Sessions two =
            new Sessions(store, "", false, counting, new NoActivation(), SessionRules.DEFAULT, counters);

    private void create(Map<String, Object> attributes) {
        var session = one.create("a", 0, 60);
        attributes.forEach(session::set);
        session.done(0);
    }

    private static SessionView open(Sessions sessions) {
        return sessions.find("a", 1).orElseThrow();
    }

    private long version() {
        return store.load("", "a", _ -> LiveSession.NOTHING_KNOWN).orElseThrow().version();
    }

    @Test
    void an_attribute_that_no_longer_fits_is_dropped_and_the_session_stays() {
        create(Map.of("broken", "x", "whole", "y"));

        var session = open(two);
        assertThat(session.get("broken")).isEmpty();
        assertThat(session.get("whole")).contains("y");
        session.done(1);

        assertThat(open(one).names()).containsExactly("whole");
    }

    @Test
    void what_is_only_read_is_not_written() {
        var wide = new HashMap<String, String>(4096); // serialized again after it was read, it looks different
        wide.put("k", "v");
        create(Map.of("map", wide, "text", "x"));
        long version = version();

        for (var sessions : List.of(two, one, two)) {
            var session = open(sessions);
            assertThat(session.get("map")).contains(Map.of("k", "v"));
            assertThat(session.get("text")).contains("x");
            session.done(1);
        }

        assertThat(version()).isEqualTo(version);
    }

    @Test
    void what_is_current_is_not_read_again_and_stays_the_same_object() {
        create(Map.of("list", new ArrayList<>(List.of("x"))));
        var first = open(two);
        var list = first.get("list").orElseThrow();
        first.done(1);
        int reads = counting.reads;

        var other = open(one);
        other.set("else", "y");
        other.done(1);

        assertThat(open(two).get("list").orElseThrow()).isSameAs(list);
        assertThat(open(two).get("else")).contains("y");
        assertThat(counting.reads).isEqualTo(reads + 1);
    }

    @Test
    void immutable_values_cost_no_second_look() {
        var session = one.create("a", 0, 60);
        session.set("text", "x");
        session.done(0);
        int writes = counting.writes;

        var again = open(one);
        assertThat(again.get("text")).contains("x");
        again.done(1);

        assertThat(counting.writes).isEqualTo(writes);
        assertThat(Immutables.contains(new Immutable(1, "", Colour.RED, Instant.EPOCH)))
                .isTrue();
        assertThat(Immutables.contains(Colour.RED)).isTrue();
        assertThat(Immutables.contains(new Mutable(List.of()))).isFalse();
        assertThat(Immutables.contains(new int[0])).isFalse();
    }

    @Test
    void of_two_workers_that_change_one_attribute_at_once_the_last_wins() {
        create(Map.of("x", 0));
        var first = open(one);
        var second = open(two);
        first.set("x", 1);
        second.set("x", 2);
        second.set("y", 2);
        second.done(1);
        first.done(1);

        assertThat(open(two).get("x")).contains(1);
        assertThat(open(one).get("y")).contains(2);
    }

    @Test
    void requests_of_one_worker_share_what_is_not_stored_yet() {
        create(Map.of());
        var first = open(one);
        first.set("x", 1);

        assertThat(open(one).get("x")).contains(1);
        assertThat(open(two).get("x")).isEmpty();
    }

    @Test
    void a_session_ends_once_and_refuses_everything_afterwards() {
        create(Map.of("x", 1));
        var first = open(one);
        var second = open(two);

        assertThat(first.beginEnd()).isTrue();
        assertThat(first.get("x")).contains(1);
        assertThat(second.beginEnd()).isFalse();
        first.end();

        assertThatThrownBy(() -> first.get("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> second.set("x", 2)).isInstanceOf(IllegalStateException.class);
        second.done(1);
        assertThat(one.find("a", 1)).isEmpty();
        assertThat(two.ids()).isEmpty();
    }

    @Test
    void a_request_that_runs_while_its_session_is_ended_elsewhere_learns_of_it_when_it_saves() {
        create(Map.of("x", 1));
        var running = open(one);
        var ending = open(two);
        ending.beginEnd();
        ending.end();

        running.set("x", 2);
        running.done(1);

        assertThat(running.valid()).isFalse();
        assertThat(store.ids("")).isEmpty();
    }

    @Test
    void a_value_that_cannot_be_serialized_is_refused_unless_there_is_only_one_worker() {
        create(Map.of("x", "stored"));
        var refused = open(one);
        assertThatThrownBy(() -> refused.set("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x': java.lang.Object is not serializable");
        assertThat(refused.get("x")).contains("stored");

        var alone = new Sessions(store, "", true, counting, new NoActivation(), SessionRules.DEFAULT, counters);
        var value = new Object();
        var session = open(alone);
        assertThat(session.set("x", value)).contains("stored");
        session.done(1);
        assertThat(open(alone).get("x").orElseThrow()).isSameAs(value);
        assertThat(open(two).get("x")).isEmpty();
        long version = version();
        var reading = open(alone);
        assertThat(reading.get("x")).contains(value);
        reading.done(2);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void a_filter_keeps_classes_out() throws IOException {
        var strict = new JavaSerialization(SessionsTest.class.getClassLoader(), "java.util.*;java.lang.*;!*");
        var list = strict.write("x", new ArrayList<>(List.of(1)));
        var time = strict.write("x", Instant.EPOCH);

        assertThat(Optional.of(readable(strict, list))).contains(true);
        assertThat(readable(strict, time)).isFalse();
    }

    private static boolean readable(Marshaller marshaller, Serialized value) {
        try {
            marshaller.read("x", value);
            return true;
        } catch (IOException | ClassNotFoundException e) {
            return false;
        }
    }
}
