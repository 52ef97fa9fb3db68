package dev.narwhal.undertow.deploy;

import io.undertow.servlet.handlers.DefaultServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Undertow's servlet for static files, with the precedence that RFC 9110 §13.2.2 gives to entity tags: where a request has one, the date beside
 * it is ignored, and without a type for files of an unknown kind, as Tomcat sends them: a browser shows a README, and would save {@code
 * application/octet-stream}.
 */
public final class StaticFiles extends DefaultServlet {

    private static final long serialVersionUID = 1L;

    /** From the header with a date to the header with an entity tag that outdoes it. */
    private static final Map<String, String> OUTDONE_BY =
            Map.of("if-modified-since", "If-None-Match", "if-unmodified-since", "If-Match");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        super.doGet(new Precedence(request), new OwnTypes(request, response));
    }

    /** Passes over the type that Undertow gives to what has none. */
    private static final class OwnTypes extends HttpServletResponseWrapper {

        private static final String BYTES = "application/octet-stream";

        private final HttpServletRequest request;

        private OwnTypes(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void setContentType(String type) {
            if (!type.equals(BYTES) || BYTES.equals(request.getServletContext().getMimeType(request.getRequestURI()))) {
                super.setContentType(type);
            }
        }
    }

    private static final class Precedence extends HttpServletRequestWrapper {

        private Precedence(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            var stronger = OUTDONE_BY.get(name.toLowerCase(Locale.ROOT));
            return stronger != null && super.getHeader(stronger) != null ? null : super.getHeader(name);
        }
    }
}
