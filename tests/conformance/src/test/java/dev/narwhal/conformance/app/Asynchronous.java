package dev.narwhal.conformance.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Answers later, in the way that its path says. */
public final class Asynchronous extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int MANY = 3_000_000;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && request.getServletPath().equals("/async")
                && String.valueOf(request.getPathInfo()).endsWith("/failing")) {
            if (request.getParameter("handled") == null) {
                response.getWriter().print("discarded");
            }
            throw new IllegalStateException("wrong tide");
        }
        switch (String.valueOf(request.getPathInfo())) {
            case "/complete" -> complete(request);
            case "/start" -> start(request);
            case "/here" -> {
                var async = request.startAsync();
                response.getWriter().print("here");
                async.complete();
                response.getWriter().print(request.isAsyncStarted() ? " started" : " over");
            }
            case "/timeout" -> timeout(request);
            case "/ignored" -> request.startAsync().setTimeout(50);
            case "/states" -> states(request, response);
            case "/again" -> again(request, response);
            case "/failing" -> failing(request, request.startAsync());
            case "/wrapped/failing" ->
                failing(
                        request,
                        request.startAsync(
                                new HttpServletRequestWrapper(request), new HttpServletResponseWrapper(response)));
            case "/begun" -> {
                request.startAsync();
                response.getWriter().print("discarded");
                throw new IllegalStateException("wrong tide");
            }
            case "/read" -> read(request, response);
            case "/refuse" -> refuse(request);
            case "/write" -> write(request, response);
            case "/listeners" -> listeners(request, response);
            default -> response.sendError(404);
        }
    }

    private static void complete(HttpServletRequest request) {
        var async = request.startAsync();
        async.addListener(new Noting());
        new Thread(() -> {
                    try {
                        async.getResponse().getWriter().print("completed elsewhere");
                        async.complete();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start();
    }

    private static void start(HttpServletRequest request) {
        var async = request.startAsync();
        async.start(() -> {
            try {
                var loader = Thread.currentThread().getContextClassLoader();
                var response = (HttpServletResponse) async.getResponse();
                response.getWriter()
                        .print("started " + Asynchronous.class.getClassLoader().equals(loader) + " "
                                + ((HttpServletRequest) async.getRequest()).getPathInfo());
                async.complete();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Goes on as {@code then} says when the time is over. */
    private static void timeout(HttpServletRequest request) {
        var async = request.startAsync();
        async.setTimeout(50);
        var then = request.getParameter("then");
        async.addListener(new Noting() {
            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                super.onTimeout(event);
                if (then.equals("dispatch")) {
                    event.getAsyncContext().dispatch("/describe/after");
                } else if (then.equals("error")) {
                    refuse(event);
                } else {
                    event.getSuppliedResponse().getWriter().print("timed out");
                    event.getAsyncContext().complete();
                }
            }
        });
    }

    private static void refuse(AsyncEvent event) throws IOException {
        ((HttpServletResponse) event.getSuppliedResponse()).sendError(503, "too late");
        if (event.getSuppliedRequest().getParameter("complete") != null) {
            event.getAsyncContext().complete();
        }
    }

    private static void states(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            out.print("dispatched " + request.isAsyncStarted() + " " + refused(request::getAsyncContext));
            return;
        }
        out.println("supported " + request.isAsyncSupported() + " started " + request.isAsyncStarted());
        out.println("context " + refused(request::getAsyncContext));
        var async = "own".equals(request.getParameter("with"))
                ? request.startAsync(new HttpServletRequestWrapper(request), response)
                : "given".equals(request.getParameter("with"))
                        ? request.startAsync(request, response)
                        : request.startAsync();
        out.println("original " + async.hasOriginalRequestAndResponse());
        out.println("started " + request.isAsyncStarted() + " again " + refused(request::startAsync));
        out.println("timeout " + async.getTimeout());
        async.dispatch();
        out.println("dispatched " + request.isAsyncStarted() + " twice " + refused(async::dispatch));
    }

    private static String refused(Runnable action) {
        try {
            action.run();
            return "done";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Dispatches itself three times; the listeners are for one round only. */
    private static void again(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int round = request.getAttribute("round") instanceof Integer before ? before + 1 : 1;
        request.setAttribute("round", round);
        response.getWriter().println("round " + round);
        if (round < 3) {
            var async = request.startAsync();
            async.addListener(new Noting());
            async.dispatch();
        }
    }

    private static void failing(HttpServletRequest request, AsyncContext async) {
        async.addListener(new Noting() {
            @Override
            public void onError(AsyncEvent event) throws IOException {
                super.onError(event);
                if (request.getParameter("handled") != null) {
                    event.getSuppliedResponse()
                            .getWriter()
                            .print("handled " + event.getThrowable().getMessage());
                    event.getAsyncContext().complete();
                } else if (request.getParameter("error") != null) {
                    refuse(event);
                } else if (request.getParameter("dispatch") != null) {
                    event.getAsyncContext().dispatch("/describe/after");
                }
            }
        });
        async.dispatch();
    }

    private static void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var async = request.startAsync();
        var in = request.getInputStream();
        in.setReadListener(new ReadListener() {
            private int count;

            @Override
            public void onDataAvailable() throws IOException {
                var buffer = new byte[1000];
                while (in.isReady() && !in.isFinished()) {
                    int read = in.read(buffer);
                    count += Math.max(read, 0);
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                response.getWriter().print("read " + count + " finished " + in.isFinished());
                async.complete();
            }

            @Override
            public void onError(Throwable failure) {
                async.complete();
            }
        });
    }

    private static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var async = request.startAsync();
        var out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int written;

            @Override
            public void onWritePossible() throws IOException {
                var buffer = new byte[10_000];
                while (out.isReady()) {
                    if (written == MANY) {
                        async.complete();
                        return;
                    }
                    out.write(buffer);
                    written += buffer.length;
                }
            }

            @Override
            public void onError(Throwable failure) {
                async.complete();
            }
        });
    }

    /** Sends an error where no dispatch would answer it, and goes on as {@code then} says. */
    private static void refuse(HttpServletRequest request) throws IOException {
        var async = request.startAsync();
        async.setTimeout(200);
        var then = request.getParameter("then");
        if (request.getParameter("from").equals("thread")) {
            var dispatch = Thread.currentThread();
            new Thread(() -> {
                        awaitReturn(dispatch);
                        refuse(async, then);
                    })
                    .start();
            return;
        }
        request.getInputStream().setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() {}

            @Override
            public void onAllDataRead() {
                refuse(async, then);
            }

            @Override
            public void onError(Throwable failure) {}
        });
    }

    /** Until then the response belongs to that thread alone. */
    private static void awaitReturn(Thread dispatch) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Arrays.stream(dispatch.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.undertow.servlet"))
                && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
    }

    private static void refuse(AsyncContext async, String then) {
        try {
            ((HttpServletResponse) async.getResponse()).sendError(423, "a < b & c");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        switch (then) {
            case "complete" -> async.complete();
            case "dispatch" -> async.dispatch("/describe/after");
            default -> {} // until the timeout
        }
    }

    private static void listeners(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var in = request.getInputStream();
        var reading = new ReadListener() {
            @Override
            public void onDataAvailable() {}

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable failure) {}
        };
        var blocking = refused(() -> in.setReadListener(reading));
        var async = request.startAsync();
        var none = refused(() -> in.setReadListener(null));
        var first = refused(() -> in.setReadListener(reading));
        var second = refused(() -> in.setReadListener(reading));
        response.getWriter().print(blocking + " " + none + " " + first + " " + second);
        async.complete();
    }

    /** Writes its events to where the others are. */
    private static class Noting implements AsyncListener {

        private void note(AsyncEvent event, String what) {
            var request = (HttpServletRequest) event.getSuppliedRequest();
            if (request != null && request.getHeader(Events.TAG) != null) {
                Events.LINES.add("async " + request.getHeader(Events.TAG) + " " + what);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            note(event, "completed");
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            note(event, "timed out");
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            note(event, "failed");
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            note(event, "started again");
        }
    }
}
