package dev.narwhal.migration.app;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.UnavailableException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** Calls what has been removed in all the ways that there are; the test calls it by reflection when it is migrated. */
@SuppressWarnings("deprecation")
public final class Calling {

    private Calling() {}

    /** Overrides, and calls what it overrides. */
    public static class Shouting extends HttpServletResponseWrapper {
        public Shouting(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int status, String message) {
            super.setStatus(status + 1, message + "!");
        }

        @Override
        public String encodeUrl(String url) {
            return super.encodeUrl(url) + "?shouting";
        }
    }

    /** Inherits from a class of the application's own, which overrides. */
    public static class Louder extends Shouting {
        public Louder(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int status, String message) {
            super.setStatus(status + 10, message);
        }

        String both(String url) {
            return encodeUrl(url) + " " + encodeRedirectUrl(url);
        }
    }

    /** Overrides nothing. */
    public static class Plain extends HttpServletRequestWrapper {
        public Plain(HttpServletRequest request) {
            super(request);
        }
    }

    /** Derives from an exception whose constructors have changed. */
    public static class Closed extends UnavailableException {
        private static final long serialVersionUID = 1L;

        public Closed() {
            super(7, null, "closed");
        }
    }

    public static void setStatus(HttpServletResponse response) {
        response.setStatus(404, "gone fishing");
    }

    public static void setLouderStatus(HttpServletResponse response) {
        HttpServletResponse louder = new Louder(new Shouting(response));
        louder.setStatus(400, "hello");
    }

    public static String encode(HttpServletResponse response) {
        Supplier<String> later = () -> response.encodeUrl("a") + " " + new Louder(response).both("b");
        return later.get();
    }

    public static String reference(HttpServletResponse response) {
        UnaryOperator<String> bound = response::encodeUrl;
        UnaryOperator<String> narrower = new Louder(response)::encodeRedirectUrl;
        BiFunction<HttpServletResponse, String, String> unbound = HttpServletResponse::encodeRedirectUrl;
        return bound.apply("a") + " " + narrower.apply("b") + " " + unbound.apply(response, "c");
    }

    public static String request(HttpServletRequest request) {
        var plain = new Plain(request);
        // branches and different types, so that the method needs stack maps
        var some = request.isRequestedSessionIdFromUrl() ? plain : new HttpServletRequestWrapper(request);
        return plain.getRealPath("/x") + " " + some.isRequestedSessionIdFromUrl();
    }

    public static String context(ServletContext context) throws ServletException {
        context.log(new IllegalStateException("what"), "why");
        return context.getServlet("x") + " " + context.getServletNames().hasMoreElements();
    }

    public static String unavailable() {
        var forGood = new UnavailableException(null, "for good");
        var closed = new Closed();
        return forGood.getMessage() + " " + forGood.isPermanent() + " " + closed.getMessage() + " "
                + closed.getUnavailableSeconds() + " " + closed.getServlet();
    }
}
