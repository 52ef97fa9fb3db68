package dev.narwhal.behaviour.socket;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to this server, and tells what its side of the socket has seen. */
@WebServlet("/client-rules/*")
public final class ClientRules extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What both kinds of clients note. */
    static final class Notes {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private volatile @Nullable Session opened;

        private void open(Session session) {
            opened = session;
            lines.add("open " + session.getOpenSessions().contains(session) + " "
                    + session.getOpenSessions().size() + " " + session.getMaxTextMessageBufferSize());
        }

        private void message(String text, Session session) {
            lines.add(text + " " + session.equals(opened) + " " + Here.thread());
        }

        private void closed(Session session, CloseReason reason) {
            lines.add("closed " + reason.getCloseCode().getCode() + " " + session.equals(opened) + " " + Here.thread());
            new Thread(() -> {
                        while (Rules.Kept.outcome(session::getProtocolVersion).equals("done")) {
                            Thread.onSpinWait(); // until this method has returned
                        }
                        lines.add("and then " + Rules.Kept.outcomes(session));
                    })
                    .start();
        }

        private String next() throws InterruptedException {
            return Objects.requireNonNullElse(lines.poll(20, TimeUnit.SECONDS), "nothing came");
        }
    }

    /** Annotated. */
    @ClientEndpoint
    public static final class Annotated {

        final Notes notes = new Notes();

        @OnOpen
        public void open(Session session) {
            notes.open(session);
        }

        @OnMessage
        public void message(String text, Session session) {
            notes.message(text, session);
        }

        @OnError
        public void error(Session session, Throwable error) {
            notes.lines.add("error " + error.getMessage() + " " + session.equals(notes.opened));
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            notes.closed(session, reason);
        }
    }

    /** Programmatic. */
    public static class Programmed extends Endpoint {

        final Notes notes = new Notes();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            notes.open(session);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> notes.message(text, Objects.requireNonNull(notes.opened)));
        }

        @Override
        public void onError(Session session, Throwable error) {
            notes.lines.add("error " + error.getMessage() + " " + session.equals(notes.opened));
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            notes.closed(session, reason);
        }
    }

    /** Cannot be opened. */
    public static final class Failing extends Programmed {

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            super.onOpen(session, config);
            throw new IllegalStateException("not today");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var url = URI.create("ws://127.0.0.1:" + request.getLocalPort() + request.getContextPath() + "/echo/ruled");
        try {
            var lines = switch (request.getPathInfo()) {
                case "/annotated" -> annotated(url);
                case "/programmed" -> programmed(url);
                case "/failing" -> failing(url);
                default -> refused(url);
            };
            response.getWriter().print(lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String annotated(URI url) throws Exception {
        var client = new Annotated();
        var session = ContainerProvider.getWebSocketContainer().connectToServer(client, url);
        return converse(client.notes, session);
    }

    private static String programmed(URI url) throws Exception {
        var client = new Programmed();
        var session = ContainerProvider.getWebSocketContainer().connectToServer(client, null, url);
        return converse(client.notes, session);
    }

    /** The other side closes; then once more, and this side does. */
    private static String converse(Notes notes, Session session) throws Exception {
        var text = new StringBuilder();
        text.append(notes.next()).append(", returned ").append(session.equals(notes.opened));
        text.append('\n').append(notes.next().replaceFirst("^open ruled .* (\\w+ \\w+)$", "$1"));
        var basic = session.getBasicRemote();
        var async = session.getAsyncRemote();
        var before = basic.getBatchingAllowed() + " " + async.getBatchingAllowed();
        basic.setBatchingAllowed(true);
        text.append("\nbatching ").append(before).append(' ').append(async.getBatchingAllowed());
        async.sendText(
                "batched",
                result -> notes.lines.add("sent " + result.isOK() + " "
                        + Objects.requireNonNull(result.getSession()).equals(notes.opened)));
        async.flushBatch();
        var both = new TreeSet<String>();
        both.add(notes.next());
        both.add(notes.next());
        text.append('\n').append(both);
        basic.sendText("close 4001");
        text.append('\n').append(notes.next()).append('\n').append(notes.next());
        return text.toString();
    }

    private static String failing(URI url) throws Exception {
        var client = new Failing();
        var session = ContainerProvider.getWebSocketContainer().connectToServer(client, null, url);
        return client.notes.next() + "\n" + client.notes.next() + "\n" + client.notes.next() + "\n"
                + client.notes.next() + "\n" + session.isOpen();
    }

    private static String refused(URI url) {
        var container = ContainerProvider.getWebSocketContainer();
        return Rules.Kept.outcome(() -> container.connectToServer(new Object(), url)) + " "
                + Rules.Kept.outcome(() -> container.connectToServer(new Annotated(), URI.create("ftp://127.0.0.1/")))
                + " " + Rules.Kept.outcome(() -> container.connectToServer(Annotated.class, url.resolve("/app/none")));
    }
}
