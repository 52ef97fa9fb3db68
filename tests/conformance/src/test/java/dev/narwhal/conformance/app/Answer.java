package dev.narwhal.conformance.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Answers in the way that its path says. */
public final class Answer extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Speaks another protocol: a line comes back in capitals, until {@code bye}. */
    public static final class Loud implements HttpUpgradeHandler {

        @Override
        public void init(WebConnection connection) {
            Events.LINES.add("loud begun");
            try (connection) {
                var in = connection.getInputStream();
                var out = connection.getOutputStream();
                var line = new StringBuilder();
                var one = ByteBuffer.allocate(1);
                while (in.read(one.clear()) >= 0) {
                    byte next = one.get(0);
                    if (next != '\n') {
                        line.append((char) next);
                        continue;
                    }
                    out.write(ByteBuffer.wrap(
                            (line.toString().toUpperCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.UTF_8)));
                    out.flush();
                    if (line.toString().equals("bye")) {
                        return;
                    }
                    line.setLength(0);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void destroy() {
            Events.LINES.add("loud ended");
            System.out.println("loud ended");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/redirect" -> redirect(request, response);
            case "/cookies" -> cookies(request, response);
            case "/ids" -> ids(request, response);
            case "/trailers" -> trailers(request, response);
            case "/upgrade" -> {
                response.setHeader("Upgrade", "loud");
                response.setHeader("Connection", "Upgrade");
                request.upgrade(Loud.class);
            }
            case "/parts" -> parts(request, response);
            case "/encoding" -> encoding(request, response);
            case "/headers" -> headers(request, response);
            case "/buffer" -> buffer(response);
            default -> response.sendError(404);
        }
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("kept");
        var to = request.getParameter("to");
        switch (String.valueOf(request.getParameter("how"))) {
            case "status" -> response.sendRedirect(to, 307);
            case "keep" -> response.sendRedirect(to, false);
            case "both" -> response.sendRedirect(to, 303, false);
            default -> response.sendRedirect(to);
        }
        if (!response.isCommitted()) {
            throw new IllegalStateException("not committed");
        }
    }

    private static void cookies(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var cookie = new Cookie("fish", "cod");
        cookie.setPath("/probe");
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setMaxAge(60);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setAttribute("Partitioned", "");
        response.addCookie(cookie);
        response.addCookie(new Cookie("second", "2"));
        try {
            response.addCookie(new Cookie("third", "3; Path=/"));
        } catch (IllegalArgumentException e) {
            response.getWriter().println("refused third");
        }
        if (request.getCookies() != null) {
            for (var each : request.getCookies()) {
                response.getWriter().println(each.getName() + "=" + each.getValue());
            }
        }
    }

    private static void ids(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var connection = request.getServletConnection();
        response.getWriter()
                .print(request.getRequestId() + "\n" + request.getProtocolRequestId() + "\n"
                        + connection.getConnectionId() + "\n" + connection.getProtocol() + "\n"
                        + connection.getProtocolConnectionId() + "\n" + connection.isSecure());
    }

    private static void trailers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        var received = request.isTrailerFieldsReady() ? request.getTrailerFields() : Map.of();
        response.setTrailerFields(() -> Map.of("X-Sum", "42"));
        response.setHeader("Trailer", "X-Sum");
        response.getWriter().print("trailers " + received);
        if (!"left".equals(request.getParameter("how"))) {
            response.flushBuffer();
        }
    }

    private static void parts(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            var text = new StringBuilder();
            for (var part : request.getParts()) {
                text.append(part.getName())
                        .append(' ')
                        .append(part.getSubmittedFileName())
                        .append(' ')
                        .append(part.getSize())
                        .append(' ')
                        .append(part.getContentType())
                        .append('\n');
            }
            response.getWriter().print(text + "parameter " + request.getParameter("name"));
        } catch (IllegalStateException e) {
            response.setStatus(413);
        } catch (ServletException e) {
            response.setStatus(415);
        }
    }

    private static void encoding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("locale") != null) {
            response.setLocale(Locale.forLanguageTag(request.getParameter("locale")));
        }
        if (request.getParameter("type") != null) {
            response.setContentType(request.getParameter("type"));
        }
        var out = response.getWriter();
        response.setCharacterEncoding("UTF-16");
        out.print(request.getCharacterEncoding() + " " + response.getCharacterEncoding() + " "
                + request.getParameter("text"));
    }

    private static void headers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.addHeader("X-Many", "a");
        response.addHeader("X-Many", "b");
        response.setIntHeader("X-Int", 7);
        response.setDateHeader("X-Date", 0);
        response.setHeader("X-Gone", "a");
        response.setHeader("X-Gone", null);
        response.setHeader(null, "ignored");
        response.addHeader(null, "ignored");
        response.addIntHeader(null, 1);
        response.setDateHeader(null, 1);
        response.addHeader("X-None", null);
        response.setHeader("X-Split", "a\r\nX-Evil: yes");
        int number;
        try {
            number = request.getIntHeader("X-Number");
        } catch (NumberFormatException e) {
            number = -2;
        }
        response.getWriter().print(response.getHeaders("X-Many") + " " + number + " " + request.getHeader("x-LOWER"));
    }

    private static void buffer(HttpServletResponse response) throws IOException {
        response.setHeader("X-Reset", "gone");
        response.setStatus(202);
        response.getWriter().print("discarded");
        response.reset();
        var out = response.getOutputStream();
        out.print("fresh " + response.getStatus());
        response.flushBuffer();
        response.setHeader("X-Late", "ignored");
        try {
            response.reset();
            out.print(" reset");
        } catch (IllegalStateException e) {
            out.print(" refused");
        }
    }
}
