package dev.narwhal.undertow.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.worker.session.MemoryStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has logged in with one worker is logged in with all. */
final class LoginTest {

    private static final class Cabin extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (request.getParameter("logout") != null) {
                request.logout();
            }
            response.getWriter()
                    .print(request.getMethod() + " " + request.getRemoteUser() + " " + request.isUserInRole("captain")
                            + " " + request.getParameter("order"));
        }
    }

    private final MemoryStore store = new MemoryStore();

    @SuppressWarnings("NullAway.Init") // by start
    private TestServer one;

    @SuppressWarnings("NullAway.Init") // by start
    private TestServer two;

    @BeforeEach
    void start() throws ServletException {
        one = new TestServer(store, false, new Cabin());
        two = new TestServer(store, false, new Cabin());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private String login(TestServer asked, TestServer told, TestServer afterwards) throws Exception {
        var page = asked.ask("POST", "/private", "", "order=dive");
        assertThat(page.body()).contains("null false");
        var cookie = TestServer.cookie(page, "");

        var redirect = told.ask("POST", "/j_security_check", cookie, "j_username=nemo&j_password=nautilus");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).get().asString().endsWith("/private");
        var after = TestServer.cookie(redirect, cookie);
        assertThat(after).as("the id changes with a login").isNotEqualTo(cookie);

        // The request that was held up goes on, as it was.
        assertThat(afterwards.get("/private", after).body()).isEqualTo("POST nemo true dive");
        return after;
    }

    @Test
    void a_login_may_have_each_of_its_steps_on_another_worker() throws Exception {
        var cookie = login(one, two, one);

        assertThat(two.get("/private", cookie).body()).isEqualTo("GET nemo true null");
        assertThat(one.get("/private", cookie).body()).isEqualTo("GET nemo true null");
    }

    @Test
    void a_logout_counts_everywhere() throws Exception {
        var cookie = login(one, one, two);

        assertThat(two.get("/private?logout", cookie).body()).startsWith("GET null");

        assertThat(one.get("/private", cookie).body()).contains("null false");
        assertThat(two.get("/private", cookie).body()).contains("null false");
    }
}
