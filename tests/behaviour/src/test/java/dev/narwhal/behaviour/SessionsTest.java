package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.behaviour.app.SessionLab;
import dev.narwhal.behaviour.app.SessionLabEvents;
import dev.narwhal.harness.Await;
import dev.narwhal.harness.EachDispatch;
import dev.narwhal.harness.Narwhals;
import dev.narwhal.harness.RunningNarwhal;
import dev.narwhal.harness.WarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** One session over two workers, which answer on a new connection each time. */
@EachDispatch
final class SessionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Parameter
    @SuppressWarnings("NullAway.Init") // by JUnit
    private String dispatch;

    @SuppressWarnings("NullAway.Init") // by start
    private RunningNarwhal narwhal;

    @SuppressWarnings("NullAway.Init") // by start
    private Path events;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(Narwhals narwhals, @TempDir Path directory) {
        events = directory.resolve("events");
        var war = war(directory);
        narwhal = narwhals.start(
                "--dispatch=" + dispatch, "--workers=2", "--env=LAB_EVENTS=" + events, war + "=/one", war + "=/two");
    }

    static Path war(Path directory) {
        return war("<distributable/>", directory);
    }

    static Path war(String descriptor, Path directory) {
        return lab(descriptor).write(directory.resolve("lab.war"));
    }

    static WarBuilder lab(String descriptor) {
        return new WarBuilder()
                .descriptor(descriptor)
                .classes(SessionLab.class, SessionLabEvents.class)
                .classes(classes("SessionLab$Handle", "SessionLab$Point", "SessionLabValue"));
    }

    private static Class<?>[] classes(String... names) {
        var classes = new ArrayList<Class<?>>();
        for (var name : names) {
            try {
                classes.add(Class.forName(SessionLab.class.getPackageName() + "." + name));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return classes.toArray(Class<?>[]::new);
    }

    @Test
    void what_a_response_tells_is_seen_by_the_next_request_wherever_it_goes() {
        var user = new User(narwhal);
        for (int i = 0; i < 100; i++) {
            user.lab("set=a:" + i);
            assertThat(user.lab("get=a")).isEqualTo(Integer.toString(i));
        }
        user.everywhere("get=a", "99"::equals);
    }

    @Test
    void what_is_set_after_the_response_has_begun_is_stored_at_its_end() {
        var user = new User(narwhal);
        user.lab("set=a:before&flush&set=a:after");
        Await.until("the end of the request", LIMIT, () -> user.lab("get=a").equals("after"));
        user.everywhere("get=a", "after"::equals);
    }

    /** Wicket, for one, puts a page into the session after it has redirected to it. */
    @Test
    void who_follows_a_redirect_finds_what_was_set_after_it() {
        var user = new User(narwhal);
        for (int i = 0; i < 10; i++) {
            user.lab("set=a:before&redirect&sleep=20&set=a:" + i);
            assertThat(user.lab("get=a")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void an_asynchronous_request_stores_what_it_sets() {
        var user = new User(narwhal);
        assertThat(user.lab("async")).isEqualTo("async");
        user.everywhere("get=a", "async"::equals);
    }

    @Test
    void requests_that_set_different_attributes_at_once_lose_nothing() {
        var user = new User(narwhal);
        user.lab("set=a:0");
        var requests = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 20; i++) {
            var same = new User(narwhal);
            same.cookie(user.cookie());
            var query = "set=a" + i + ":" + i + "&sleep=20";
            requests.add(CompletableFuture.runAsync(() -> same.lab(query), Thread::startVirtualThread));
        }
        requests.forEach(CompletableFuture::join);

        user.everywhere("names", names -> names.split(",", -1).length == 21);
    }

    @Test
    void what_is_changed_in_place_is_found_out_and_what_is_only_read_is_not_written() {
        var user = new User(narwhal);
        user.lab("list&map&point=y");
        for (int i = 0; i < 5; i++) {
            user.elsewhere("get=map");
        }
        user.lab("add=1");
        user.everywhere("get=list&get=point", "[1]\nPoint[x=1, y=y]"::equals);
        user.elsewhere("get=a");
        user.lab("add=2");
        user.everywhere("get=list", "[1, 2]"::equals);
    }

    @Test
    void a_worker_that_has_the_latest_version_keeps_the_object() {
        var user = new User(narwhal);
        user.lab("list");
        var first = user.lab("identity=list");
        long worker = user.worker();
        user.elsewhere("set=a:1&get=list"); // another attribute
        Await.until("an answer of the first worker", LIMIT, () -> {
            var identity = user.lab("identity=list");
            return user.worker() == worker && identity.equals(first);
        });
    }

    @Test
    void an_invalidated_session_is_gone_everywhere() {
        var user = new User(narwhal);
        user.lab("set=a:1");
        var stale = user.cookie();
        assertThat(user.lab("twice")).startsWith("IllegalStateException");
        user.cookie(stale);
        user.everywhere("peek", "none"::equals);
        user.cookie(stale);
        assertThat(user.lab("get=a")).isEqualTo("null");
        assertThat(user.cookie()).isNotEqualTo(stale);
    }

    @Test
    void a_session_that_is_invalidated_during_another_request_stays_gone() {
        var user = new User(narwhal);
        user.lab("set=a:1");
        var same = new User(narwhal);
        same.cookie(user.cookie());
        var slow =
                CompletableFuture.supplyAsync(() -> same.lab("get=a&sleep=2000&set=a:2"), Thread::startVirtualThread);
        Await.holdsFor(Duration.ofMillis(800), () -> !slow.isDone());
        user.lab("invalidate");
        assertThat(slow.join()).as("what it saw before").startsWith("1");
        user.cookie(same.cookie());
        user.everywhere("peek", "none"::equals);
    }

    @Test
    void a_changed_id_is_valid_everywhere_and_the_former_nowhere() {
        var user = new User(narwhal);
        user.lab("set=a:1&set=user:id-" + dispatch);
        var before = user.cookie();
        user.lab("change");
        assertThat(user.cookie()).isNotEqualTo(before);
        user.everywhere("get=a", "1"::equals);
        user.cookie(before);
        user.everywhere("peek", "none"::equals);
        assertThat(events("id-" + dispatch)).containsOnlyOnce("id changed");
    }

    @Test
    void times_and_newness_are_those_of_one_server() throws IOException {
        var user = new User(narwhal);
        long start = System.currentTimeMillis();
        var created = user.lab("info&timeout=1234").split(" ", -1);
        assertThat(created[0]).isEqualTo("true");
        assertThat(Long.parseLong(created[1])).isBetween(start, System.currentTimeMillis());
        long last = System.currentTimeMillis();
        user.lab("get=a");
        var info = user.lab("info").split(" ", -1);
        assertThat(info[0]).isEqualTo("false");
        assertThat(info[1]).isEqualTo(created[1]);
        assertThat(Long.parseLong(info[2])).isBetween(last, System.currentTimeMillis());
        assertThat(info[3]).isEqualTo("1234");
    }

    @Test
    void a_session_expires_once_and_can_be_read_then() {
        var name = "expiring-" + dispatch;
        var user = new User(narwhal);
        user.lab("timeout=1&set=user:" + name + "&bind=fish");
        Await.until("its end", LIMIT, () -> events(name).contains("destroyed"));

        user.everywhere("peek", "none"::equals);
        assertThat(events(name).stream().filter(event -> !event.startsWith("user")))
                .containsExactlyInAnyOrder(
                        "bound added fish",
                        "value fish bound",
                        "destroyed",
                        "bound removed fish",
                        "value fish unbound");
    }

    @Test
    void a_session_in_use_does_not_expire() {
        var user = new User(narwhal);
        user.lab("timeout=1&set=a:1");
        for (int i = 0; i < 8; i++) {
            assertThat(user.lab("sleep=300&get=a")).isEqualTo("1");
        }
    }

    @Test
    void listeners_hear_of_each_event_once_over_all_workers() {
        var name = "heard-" + dispatch;
        var user = new User(narwhal);
        user.lab("set=user:" + name);
        user.elsewhere("get=user");
        user.lab("set=b:1");
        user.elsewhere("get=user");
        user.lab("set=b:2");
        user.elsewhere("get=user");
        user.lab("bind=cod");
        user.elsewhere("get=bound");
        user.lab("bind=eel");
        user.elsewhere("get=user");
        user.lab("remove=b");
        user.elsewhere("invalidate");

        // The user is removed in an order that nobody promises.
        assertThat(events(name).stream().filter(event -> !event.startsWith("user")))
                .containsSubsequence(
                        "b added 1",
                        "b replaced 1",
                        "value cod bound",
                        "bound added cod",
                        "value eel bound",
                        "bound replaced cod",
                        "value cod unbound",
                        "b removed 2",
                        "destroyed")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_value_that_cannot_be_shared_is_refused_with_its_name() {
        var user = new User(narwhal);

        assertThat(user.lab("handle"))
                .startsWith("IllegalArgumentException: setting the session attribute 'handle': ")
                .contains("SessionLab$Handle is not serializable");
        assertThat(user.lab("nested")).contains("'nested'", "java.util.ArrayList", "SessionLab$Handle");
        assertThat(user.lab("names")).isEmpty();
    }

    @Test
    void two_applications_never_see_each_others_sessions() {
        var user = new User(narwhal);
        user.lab("set=a:1");

        for (int i = 0; i < 10; i++) {
            assertThat(user.ask("/two/lab?peek").text().strip()).isEqualTo("none");
        }
    }

    @Test
    void an_id_that_no_worker_gave_is_not_adopted() {
        var user = new User(narwhal);
        user.cookie("JSESSIONID=chosen-by-an-attacker");

        assertThat(user.lab("id")).isNotEqualTo("chosen-by-an-attacker").hasSizeGreaterThan(30);
    }

    @Test
    void a_session_is_found_by_its_url_too() {
        var user = new User(narwhal);
        var url = user.lab("set=a:1&url");
        assertThat(url).startsWith("page;jsessionid=");

        user.cookie("");
        assertThat(user.ask("/one/lab" + url.substring("page".length()) + "?get=a")
                        .text()
                        .strip())
                .isEqualTo("1");
    }

    /** What was noted of the user. */
    private List<String> events(String user) {
        try {
            return Files.readAllLines(events).stream()
                    .filter(line -> line.startsWith(user + " "))
                    .map(line -> line.substring(user.length() + 1))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
