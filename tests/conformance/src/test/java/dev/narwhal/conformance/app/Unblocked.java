package dev.narwhal.conformance.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads and writes without blocking, and tries what is forbidden then. */
public final class Unblocked extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final byte[] BLOCK = new byte[100_000];

    /** What may throw anything. */
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        switch (request.getPathInfo()) {
            case "/reading" -> new Reading(request, response).begin();
            case "/writing" -> new Writing(request, response).begin();
            case "/echo" -> new Echo(request, response).begin();
            case "/failing-read", "/failing-write" -> failing(request, response);
            case "/context" -> context(request, response);
            case "/upgrade" -> {
                response.setHeader("Upgrade", "loud");
                response.setHeader("Connection", "Upgrade");
                request.upgrade(Loud.class);
            }
            default -> response.sendError(404);
        }
    }

    private static String attempt(Action action) {
        try {
            action.run();
            return "done";
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static boolean isOwnLoader() {
        return Unblocked.class.getClassLoader().equals(Thread.currentThread().getContextClassLoader());
    }

    /** §3.7. */
    private static final class Reading implements ReadListener {

        private final ServletInputStream in;
        private final HttpServletResponse response;
        private final AsyncContext async;
        private final List<String> lines = new ArrayList<>();
        private int count;
        private boolean tried;

        private Reading(HttpServletRequest request, HttpServletResponse response) throws IOException {
            this.in = request.getInputStream();
            this.response = response;
            this.async = request.startAsync();
        }

        void begin() {
            in.setReadListener(this);
        }

        @Override
        public void onDataAvailable() throws IOException {
            if (!tried) {
                tried = true;
                lines.add("loader " + isOwnLoader());
                lines.add("all " + attempt(in::readAllBytes));
                lines.add("some " + attempt(() -> in.readNBytes(1)));
                lines.add("many " + attempt(() -> in.readNBytes(new byte[1], 0, 1)));
                lines.add("line " + attempt(() -> in.readLine(new byte[10], 0, 10)));
            }
            while (in.isReady()) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                count++;
            }
            if (!in.isFinished() && lines.size() < 6) {
                lines.add("not ready " + attempt(in::read));
                System.out.println("unblocked waits"); // under sync nobody else gets an answer now
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            lines.add("read " + count + " finished " + in.isFinished() + " loader " + isOwnLoader());
            response.getWriter().println(String.join("\n", lines));
            async.complete();
        }

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }

    /** §5.7. */
    private static final class Writing implements WriteListener {

        private final ServletOutputStream out;
        private final AsyncContext async;
        private final List<String> lines = new ArrayList<>();
        private int calls;

        private Writing(HttpServletRequest request, HttpServletResponse response) throws IOException {
            this.out = response.getOutputStream();
            lines.add("blocking ready " + out.isReady() + " listener " + attempt(() -> out.setWriteListener(this)));
            this.async = request.startAsync();
        }

        void begin() {
            lines.add("null " + attempt(() -> out.setWriteListener(null)));
            out.setWriteListener(this);
            lines.add("twice " + attempt(() -> out.setWriteListener(this)));
        }

        @Override
        public void onWritePossible() throws IOException {
            calls++;
            while (calls < 5 && out.isReady()) {
                out.write(BLOCK);
            }
            if (calls < 5) {
                if (calls == 1) {
                    lines.add("write " + attempt(() -> out.write(1)));
                    lines.add("print " + attempt(() -> out.print("x")));
                    lines.add("buffer " + attempt(() -> out.write(ByteBuffer.allocate(1))));
                    lines.add("loader " + isOwnLoader());
                }
                return;
            }
            if (out.isReady()) {
                out.print("\n" + String.join("\n", lines) + "\n");
                if (out.isReady()) {
                    out.close();
                }
                async.complete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }

    /** Both at once. */
    private static final class Echo implements ReadListener, WriteListener {

        private final ServletInputStream in;
        private final ServletOutputStream out;
        private final AsyncContext async;
        private final byte[] bytes = new byte[1000];
        private int pending;

        private Echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
            this.async = request.startAsync();
            this.in = request.getInputStream();
            this.out = response.getOutputStream();
        }

        void begin() {
            in.setReadListener(this);
            out.setWriteListener(this);
        }

        @Override
        public synchronized void onDataAvailable() throws IOException {
            pump();
        }

        @Override
        public synchronized void onWritePossible() throws IOException {
            pump();
        }

        private void pump() throws IOException {
            while (out.isReady()) {
                if (pending > 0) {
                    out.write(bytes, 0, pending);
                    pending = 0;
                } else if (!in.isFinished() && in.isReady()) {
                    pending = Math.max(in.read(bytes), 0);
                } else {
                    if (in.isFinished()) {
                        async.complete();
                    }
                    return;
                }
            }
        }

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable failure) {
            async.complete();
        }
    }

    private static void failing(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var async = request.startAsync();
        class Failing implements ReadListener, WriteListener {
            @Override
            public void onDataAvailable() throws IOException {
                throw new IOException("on purpose");
            }

            @Override
            public void onWritePossible() throws IOException {
                throw new IOException("on purpose");
            }

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable failure) {
                Events.LINES.add(
                        "unblocked " + request.getPathInfo() + " " + failure.getMessage() + " " + isOwnLoader());
                async.complete();
            }
        }
        if (request.getPathInfo().equals("/failing-read")) {
            request.getInputStream().setReadListener(new Failing());
        } else {
            response.getOutputStream().setWriteListener(new Failing());
        }
    }

    /** §2.3.3.3: a context that is over. */
    private static void context(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var out = response.getWriter();
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            var before = (AsyncContext) request.getAttribute("context");
            out.println("listener afterwards " + attempt(() -> before.addListener(new Quiet())));
            out.println("timeout afterwards " + attempt(() -> before.setTimeout(1)));
            out.println("request afterwards " + attempt(before::getRequest));
            return;
        }
        var async = request.startAsync();
        request.setAttribute("context", async);
        out.println("created " + (async.createListener(Quiet.class) != null));
        out.println("cannot be created " + attempt(() -> async.createListener(Unmakable.class)));
        async.setTimeout(0);
        out.println("timeout " + async.getTimeout());
        async.dispatch();
        out.println("complete " + attempt(async::complete));
        out.println("dispatch " + attempt(() -> async.dispatch("/exact")));
        out.println("request " + attempt(async::getRequest));
        out.println("response " + attempt(async::getResponse));
        out.println("listener " + attempt(() -> async.addListener(new Quiet())));
    }

    /** Hears everything. */
    public static class Quiet implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** Has no constructor that anybody else could call. */
    public static final class Unmakable extends Quiet {
        @SuppressWarnings("unused")
        private Unmakable(String nothing) {}
    }

    /** §2.3.3.5: another protocol without blocking; a line comes back in capitals, until {@code bye}. */
    public static final class Loud implements HttpUpgradeHandler {

        @Override
        public void init(WebConnection connection) {
            try {
                var in = connection.getInputStream();
                var out = connection.getOutputStream();
                in.setReadListener(new ReadListener() {
                    private final StringBuilder line = new StringBuilder();

                    @Override
                    public void onDataAvailable() throws IOException {
                        while (in.isReady()) {
                            int next = in.read();
                            if (next < 0) {
                                return;
                            }
                            line.append((char) next);
                            if (next == '\n') {
                                var bytes = ("[" + line.toString().toUpperCase(Locale.ROOT) + "]")
                                        .getBytes(StandardCharsets.UTF_8);
                                out.write(bytes, 1, bytes.length - 2);
                                out.flush();
                                boolean over = line.toString().equals("bye\n");
                                line.setLength(0);
                                if (over) {
                                    close(connection);
                                    return;
                                }
                            }
                        }
                    }

                    @Override
                    public void onAllDataRead() {
                        close(connection);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        close(connection);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(WebConnection connection) {
            try {
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void destroy() {
            Events.LINES.add("unblocked loud ended");
        }
    }
}
