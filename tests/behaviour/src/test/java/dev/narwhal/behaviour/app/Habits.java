package dev.narwhal.behaviour.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What applications do because it works on Tomcat. */
public final class Habits {

    private Habits() {}

    /** Asks where a file is. */
    @WebServlet("/real")
    public static final class RealPath extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var context = getServletContext();
            response.getWriter()
                    .print(context.getRealPath(request.getParameter("path"))
                            .substring(context.getRealPath("").length()));
        }
    }

    /** Finds its services, and writes to the JDK's log, on every thread that it may use. */
    @WebServlet(value = "/services", asyncSupported = true)
    public static final class Services extends HttpServlet {

        private static final long serialVersionUID = 1L;

        /** The service, which no other library offers. */
        public interface Knot {}

        /** Its implementation. */
        public static final class Reef implements Knot {}

        private static String find() {
            return ServiceLoader.load(Knot.class).stream()
                    .map(found -> found.type().getSimpleName())
                    .collect(Collectors.joining());
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Logger.getLogger(Services.class.getName()).warning("tied with the JDK's log");
            response.getWriter().print("request " + find());
            var async = request.startAsync();
            async.start(() -> tell(async, "task"));
        }

        private static void tell(AsyncContext async, String where) {
            try {
                async.getResponse().getWriter().print(", " + where + " " + find());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (where.equals("task")) {
                Thread.ofPlatform().start(() -> tell(async, "platform"));
            } else if (where.equals("platform")) {
                Thread.ofVirtual().start(() -> tell(async, "virtual"));
            } else {
                async.complete();
            }
        }
    }

    /** Answers HEAD itself, without what GET would say. */
    @WebServlet("/head")
    public static final class Head extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("a body");
        }

        @Override
        protected void doHead(HttpServletRequest request, HttpServletResponse response) {
            var length = request.getParameter("length");
            if (length != null) {
                response.setContentLength(Integer.parseInt(length));
            }
        }
    }

    /** Writes from two threads at once; with {@code flush} each line for itself, else none before the buffer is full. */
    @WebServlet("/two-threads")
    public static final class TwoThreads extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            var writer = response.getWriter();
            boolean flush = request.getParameter("flush") != null;
            writer.println("start");
            var begun = new CountDownLatch(1);
            var other = new Thread(() -> {
                begun.countDown();
                write(writer, "a", flush);
            });
            other.start();
            try {
                begun.await();
                write(writer, "b", flush);
                other.join();
            } catch (InterruptedException e) {
                throw new ServletException(e);
            }
        }

        private static void write(PrintWriter writer, String letter, boolean flush) {
            for (int i = 0; i < 2000; i++) {
                writer.println(letter.repeat(50));
                if (flush) {
                    writer.flush();
                }
            }
        }
    }

    /** Adds a page. */
    @WebListener
    public static final class AddingPage implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            event.getServletContext().addJspFile("added", "/WEB-INF/added.jsp").addMapping("/added");
        }
    }

    /** A listener of a kind that no descriptor may name. */
    @WebListener
    public static final class ForAsync implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** The application's own idea of its first page. */
    @WebFilter(value = "/*", asyncSupported = true)
    public static final class Front extends HttpFilter {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getServletPath().equals("/")) {
                request.getRequestDispatcher("/front/").forward(request, response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** The target of {@link Front}. */
    @WebServlet("/front/*")
    public static final class FrontPage extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("front " + request.getRequestURI());
        }
    }
}
