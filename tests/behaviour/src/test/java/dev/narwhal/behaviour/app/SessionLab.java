package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Does with its session what each parameter says, in their order, and answers a line for each. {@code /lab?set=a:1&get=a&sleep=10}. */
@WebServlet(urlPatterns = "/lab", asyncSupported = true)
public final class SessionLab extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** A value that says nothing of being serializable. */
    static final class Handle {}

    /** A record of immutable values. */
    record Point(int x, String y) implements Serializable {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        if (request.getParameter("async") != null) {
            later(request, response);
            return;
        }
        for (var word : String.valueOf(request.getQueryString()).split("&", -1)) {
            var pair = word.split("=", 2);
            var line = act(request, response, pair[0], pair.length > 1 ? pair[1] : "");
            if (!line.isEmpty()) {
                response.getWriter().println(line);
            }
        }
    }

    /** Who the client seems to be, and how much it has sent. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        int body = request.getInputStream().readAllBytes().length;
        response.setContentType("text/plain");
        response.getWriter()
                .println("%s %d %s %s %d %s %d"
                        .formatted(
                                request.getRemoteAddr(),
                                request.getRemotePort(),
                                request.getScheme(),
                                request.getServerName(),
                                request.getServerPort(),
                                Collections.list(request.getHeaderNames()).stream()
                                        .map(name -> name.toLowerCase(Locale.ROOT) + "=" + request.getHeader(name))
                                        .filter(header -> header.startsWith("x-"))
                                        .sorted()
                                        .toList(),
                                body));
    }

    private static void later(HttpServletRequest request, HttpServletResponse response) {
        var async = request.startAsync();
        var session = request.getSession();
        async.start(() -> {
            try {
                Thread.sleep(50);
                session.setAttribute("a", "async");
                response.getWriter().println("async");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                async.complete();
            }
        });
    }

    private static String act(HttpServletRequest request, HttpServletResponse response, String action, String value)
            throws IOException {
        try {
            return switch (action) {
                case "peek" -> request.getSession(false) == null ? "none" : "there";
                case "login" -> String.valueOf(request.getRequestedSessionId());
                case "flush" -> {
                    response.getWriter().println("x".repeat(20_000));
                    response.flushBuffer();
                    yield "";
                }
                case "uncaught" -> {
                    try {
                        yield String.valueOf(request.getSession().isNew());
                    } catch (IllegalStateException e) {
                        throw new UncheckedIOException(new IOException(e)); // for the server
                    }
                }
                case "redirect" -> {
                    response.sendRedirect("elsewhere");
                    yield "";
                }
                case "change" -> request.changeSessionId();
                case "url" -> response.encodeURL("page");
                default -> act(request.getSession(), action, value);
            };
        } catch (IllegalStateException | IllegalArgumentException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static String act(HttpSession session, String action, String value) {
        return switch (action) {
            case "set" -> {
                var pair = value.split(":", 2);
                session.setAttribute(pair[0], pair[1]);
                yield "";
            }
            case "get" -> String.valueOf(session.getAttribute(value));
            case "remove" -> {
                session.removeAttribute(value);
                yield "";
            }
            case "names" ->
                Collections.list(session.getAttributeNames()).stream().sorted().collect(Collectors.joining(","));
            case "map" -> {
                // serialized anew elsewhere it has fewer buckets, which is no change
                session.setAttribute("map", new HashMap<String, String>(1000));
                yield "";
            }
            case "list" -> {
                session.setAttribute("list", new ArrayList<String>());
                yield "";
            }
            case "add" -> {
                list(session).add(value); // in place
                yield "";
            }
            case "point" -> {
                session.setAttribute("point", new Point(1, value));
                yield "";
            }
            case "identity" -> Integer.toHexString(System.identityHashCode(session.getAttribute(value)));
            case "bind" -> {
                session.setAttribute("bound", new SessionLabValue(value));
                yield "";
            }
            case "bytes" -> {
                session.setAttribute("bytes", new byte[Integer.parseInt(value)]);
                yield "";
            }
            case "grow" -> {
                list(session).add("x".repeat(Integer.parseInt(value))); // in place
                yield "";
            }
            case "new" -> {
                session.setAttribute("object", instance(value));
                yield "";
            }
            case "handle" -> {
                session.setAttribute("handle", new Handle());
                yield "";
            }
            case "nested" -> {
                session.setAttribute("nested", new ArrayList<>(List.of(new Handle())));
                yield "";
            }
            case "timeout" -> {
                session.setMaxInactiveInterval(Integer.parseInt(value));
                yield "";
            }
            case "info" ->
                session.isNew() + " " + session.getCreationTime() + " " + session.getLastAccessedTime() + " "
                        + session.getMaxInactiveInterval();
            case "id" -> session.getId();
            case "invalidate" -> {
                session.invalidate();
                yield "";
            }
            case "twice" -> {
                session.invalidate();
                yield String.valueOf(session.getAttribute("a"));
            }
            case "sleep" -> {
                try {
                    Thread.sleep(Long.parseLong(value));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                yield "";
            }
            default -> "";
        };
    }

    private static Object instance(String className) {
        try {
            return Class.forName(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings("unchecked") // put there above
    private static List<String> list(HttpSession session) {
        return (List<String>) session.getAttribute("list");
    }
}
