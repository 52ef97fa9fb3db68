package dev.narwhal.behaviour.socket;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What requests have to do with sockets. */
@WebServlet({"/broadcast", "/closed", "/client", "/upgrade", "/session", "/login", "/logout", "/plain"})
public final class SocketServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** The other side of a socket to this server. */
    @ClientEndpoint
    public static final class Client {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @OnMessage
        public void message(String text) {
            messages.add(text + " to " + Here.thread());
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        switch (request.getServletPath()) {
            case "/broadcast" -> {
                // To those named alone: of the other tests' sockets one may just be closing.
                var names = List.of(request.getParameterValues("to"));
                for (var session : Echo.OPEN) {
                    if (names.contains(session.getPathParameters().get("name"))) {
                        session.getBasicRemote()
                                .sendText(request.getParameter("text").repeat(100_000));
                    }
                }
            }
            case "/closed" -> response.getWriter().print(String.join("\n", Echo.CLOSED));
            case "/client" -> response.getWriter().print(ask(request));
            case "/upgrade" -> upgrade(request, response);
            case "/session" -> request.getSession().setAttribute("fish", request.getParameter("fish"));
            case "/login" -> {
                request.getSession();
                request.login("ada", "lovelace");
            }
            case "/logout" -> {
                boolean here = Long.toString(ProcessHandle.current().pid()).equals(request.getParameter("not-in"));
                if (!here) {
                    switch (request.getParameter("by")) {
                        case "rename" -> request.changeSessionId();
                        default -> request.getSession().invalidate();
                    }
                }
                response.getWriter().print(here ? "asked the wrong one" : "done");
            }
            default -> response.getWriter().print("plain " + Here.thread());
        }
    }

    private static String ask(HttpServletRequest request) throws IOException, ServletException {
        var client = new Client();
        var url = URI.create("ws://127.0.0.1:" + request.getLocalPort() + request.getContextPath() + "/echo/client");
        try (var session = ContainerProvider.getWebSocketContainer().connectToServer(client, url)) {
            session.getBasicRemote().sendText("hi");
            return client.messages.poll(10, TimeUnit.SECONDS) + ", " + client.messages.poll(10, TimeUnit.SECONDS);
        } catch (DeploymentException e) {
            throw new ServletException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException(e);
        }
    }

    private static void upgrade(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var container =
                (ServerContainer) request.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
        try {
            container.upgradeHttpToWebSocket(
                    request, response, Programmatic.config("/nowhere/{id}"), Map.of("id", "1"));
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }
}
