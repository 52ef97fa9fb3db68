package dev.narwhal.undertow.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.worker.session.Change;
import dev.narwhal.worker.session.MemoryStore;
import dev.narwhal.worker.session.Serialized;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.StoreException;
import dev.narwhal.worker.session.Times;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A response never tells what is not in the store. */
final class StoreFailureTest {

    /** A store that is full, or cannot be reached, at times. */
    private static final class Unreliable implements SessionStore {

        private final SessionStore store = new MemoryStore();
        private volatile boolean broken;
        private volatile boolean full;

        private SessionStore written() {
            if (full) {
                throw new StoreException("writing the session store: it is full.");
            }
            return reached();
        }

        private SessionStore reached() {
            if (broken) {
                throw new StoreException("reading the session store: it is gone.");
            }
            return store;
        }

        @Override
        public Optional<StoredSession> load(String context, String id, Memory memory) {
            return reached().load(context, id, memory);
        }

        @Override
        public Committed create(String context, String id, Times times, Map<String, Serialized> attributes) {
            return written().create(context, id, times, attributes);
        }

        @Override
        public Optional<Committed> commit(long number, Change change) {
            return written().commit(number, change);
        }

        @Override
        public boolean rename(long number, String id) {
            return reached().rename(number, id);
        }

        @Override
        public Optional<StoredSession> take(long number) {
            return reached().take(number);
        }

        @Override
        public Optional<StoredSession> takeExpired(String context, long now) {
            return reached().takeExpired(context, now);
        }

        @Override
        public Set<String> ids(String context) {
            return reached().ids(context);
        }

        @Override
        public boolean lead() {
            return false;
        }

        @Override
        public void maintain() {
            // nothing
        }

        @Override
        public void close() {
            // nothing
        }
    }

    private static final class Counter extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final int length;

        private Counter(int length) {
            this.length = length;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getParameter("without") == null) {
                var session = request.getSession();
                int visit = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
                session.setAttribute("visits", visit);
                response.getWriter().print("visit " + visit + " ".repeat(length));
            }
        }
    }

    /** @param length of an answer: with a short one the session is stored before anything of it leaves, with a long one because of that */
    @ParameterizedTest
    @CsvSource({"false, 20000", "false, 0", "true, 20000", "true, 0"})
    void a_request_whose_session_cannot_be_stored_gets_a_503_and_the_next_one_goes_on_from_what_was_told(
            boolean together, int length) throws Exception {
        var store = new Unreliable();
        try (var server = new TestServer(store, false, together, new Counter(length))) {
            var cookie = TestServer.cookie(server.get("/public", ""), "");
            assertThat(server.get("/public", cookie).body()).startsWith("visit 2");

            store.full = true;
            for (var known : new String[] {cookie, ""}) {
                assertThat(server.get("/public", known).statusCode()).isEqualTo(503);
            }
            store.full = false;
            assertThat(server.get("/public", cookie).body()).startsWith("visit 3");

            store.broken = true;
            for (var known : new String[] {cookie, ""}) {
                var refused = server.get("/public", known);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).contains("1");
                assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
                assertThat(refused.body()).isEmpty();
            }
            assertThat(server.get("/public?without", "").statusCode()).isEqualTo(200);

            store.broken = false;
            assertThat(server.get("/public", cookie).body()).startsWith("visit 4");
        }
    }
}
