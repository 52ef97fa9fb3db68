package dev.narwhal.undertow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class OncePerRequestTest {

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void a_request_that_is_completed_while_its_listeners_are_asked_ends_in_their_reverse_order() throws Exception {
        var deployment = deployment();
        deployment.addListener(listener(new Noting("first")));
        // Between the two: Undertow asks the second, this one, the first.
        deployment.addServerListener(listener(new Completing()));
        deployment.addListener(listener(new Noting("second")));

        assertThat(ask(deployment)).isEqualTo("answered");
        assertThat(told).containsExactly("first begins", "second begins", "completed", "second ends", "first ends");
    }

    @Test
    void a_listener_that_fails_does_not_keep_the_end_from_the_others() throws Exception {
        var deployment = deployment();
        deployment.addListener(listener(new Noting("first")));
        deployment.addListener(listener(new Noting("failing")));
        deployment.addServerListener(listener(new Completing()));

        assertThat(ask(deployment)).isEqualTo("answered");
        assertThat(told).containsExactly("first begins", "failing begins", "completed", "failing ends", "first ends");
    }

    private static StrictDeployment deployment() {
        var deployment =
                new StrictDeployment(new SessionCookie.Said(Optional.empty(), Optional.empty(), Optional.empty()));
        deployment
                .setClassLoader(OncePerRequestTest.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("test")
                .addServlet(new ServletInfo("async", Async.class, new ImmediateInstanceFactory<>(new Async()))
                        .setAsyncSupported(true)
                        .addMapping("/*"));
        return deployment;
    }

    private static ListenerInfo listener(ServletRequestListener listener) {
        return new ListenerInfo(listener.getClass(), new ImmediateInstanceFactory<>(listener));
    }

    private static String ask(StrictDeployment deployment) throws ServletException, IOException, InterruptedException {
        var manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        deployment.context().initDone();
        var undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        undertow.start();
        try (var client = HttpClient.newHttpClient()) {
            int port =
                    ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } finally {
            undertow.stop();
        }
    }

    private static final class Async extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("answered");
            request.startAsync();
        }
    }

    private final class Noting implements ServletRequestListener {

        private final String name;

        private Noting(String name) {
            this.name = name;
        }

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            told.add(name + " begins");
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            told.add(name + " ends");
            if (name.equals("failing")) {
                throw new IllegalStateException("as asked");
            }
        }
    }

    /** Completes the request on another thread, whenever it is told of an end that is none yet. */
    private final class Completing implements ServletRequestListener {

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            var request = event.getServletRequest();
            if (!request.isAsyncStarted()) {
                return;
            }
            var completing = new Thread(request.getAsyncContext()::complete);
            completing.start();
            try {
                completing.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            told.add("completed");
        }
    }
}
