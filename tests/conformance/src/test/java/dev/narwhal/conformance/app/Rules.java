package dev.narwhal.conformance.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Tries what the rules of requests and responses allow and forbid, and tells a line for each. */
public final class Rules extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What may throw anything. */
    @FunctionalInterface
    private interface Action {
        Object run() throws Exception;
    }

    /** What was seen once nothing could be answered any more: the next request tells. */
    private static final Map<String, String> LATER = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        switch (included == null ? request.getPathInfo() : included.toString()) {
            case "/addresses" -> addresses(request, response);
            case "/attributes" -> attributes(request, response);
            case "/bodies" -> bodies(request, response);
            case "/trailers" -> trailers(request, response);
            case "/headers" -> headers(response);
            case "/long" -> {
                int length = Integer.parseInt(request.getParameter("length"));
                response.setHeader("X-Long", "x".repeat(length) + "\r\nX-Evil: 1\u010d\u010aX-Evil: 2");
                response.getWriter().print("long");
            }
            case "/length" -> length(request, response);
            case "/error" -> error(request, response);
            case "/sent" -> sent(request, response);
            case "/urls" -> urls(request, response);
            case "/buffer" -> buffer(response);
            case "/writer" -> writer(response);
            case "/closed" -> closed(response);
            case "/empty" -> response.setStatus(Integer.parseInt(request.getParameter("status")));
            case "/full" -> full(request, response);
            case "/upgrade" -> upgrade(request, response);
            case "/cookies" -> cookies(response);
            case "/included" -> request.getRequestDispatcher("/rules/inner").include(request, response);
            case "/inner" -> inner(request, response);
            case "/redirect" -> redirect(request, response);
            case "/parts" -> parts(request, response);
            case "/reader" -> reader(request, response);
            default -> response.sendError(404);
        }
    }

    private static Object attempt(Action action) {
        try {
            return action.run();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static void addresses(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        out.println("server " + request.getServerName() + ":" + request.getServerPort());
        out.println("url " + request.getRequestURL());
        out.println("remote " + request.getRemoteAddr() + " " + request.getRemoteHost() + " "
                + (request.getRemotePort() > 0));
        out.println(
                "local " + request.getLocalAddr() + " " + request.getLocalName() + " " + (request.getLocalPort() > 0));
        out.println("protocol " + request.getProtocol() + " " + request.getScheme() + " " + request.isSecure());
        out.println("locale " + request.getLocale() + " " + Collections.list(request.getLocales()));
        out.println("language " + response.getLocale());
        out.println("length " + request.getContentLength() + " " + request.getContentLengthLong());
        out.println("translated " + (request.getPathTranslated() == null ? "none" : "some"));
        out.println("missing " + request.getHeader("X-None") + " "
                + request.getHeaders("X-None").hasMoreElements() + " " + request.getIntHeader("X-None") + " "
                + request.getDateHeader("X-None") + " " + request.getParameter("none") + " "
                + (request.getParameterValues("none") == null));
        out.println("dates " + attempt(() -> request.getDateHeader("X-1123")) + " "
                + attempt(() -> request.getDateHeader("X-850")) + " " + attempt(() -> request.getDateHeader("X-Asc")));
        out.println("names " + new TreeSet<>(Collections.list(request.getHeaderNames())));
        out.println("user " + request.getRemoteUser() + " " + request.getUserPrincipal() + " " + request.getAuthType());
        out.println("dispatcher " + (request.getRequestDispatcher(null) == null));
        out.println("context " + request.getServletContext().equals(request.getServletContext()) + " "
                + request.getServletContext().getContextPath());
    }

    private static void attributes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        request.setAttribute("one", 1);
        request.setAttribute("two", 2);
        request.setAttribute("one", null);
        request.removeAttribute("none");
        out.println("one " + request.getAttribute("one") + " two " + request.getAttribute("two"));
        out.println("names " + Collections.list(request.getAttributeNames()).contains("one"));
        out.println("null name "
                + attempt(() -> {
                    request.setAttribute(null, 1);
                    return "done";
                }));
        var session = request.getSession();
        session.setAttribute("one", 1);
        session.setAttribute("one", null);
        out.println("session " + session.getAttribute("one") + " " + Collections.list(session.getAttributeNames()));
        session.setMaxInactiveInterval(0);
        out.println("interval " + session.getMaxInactiveInterval());
        out.println("null session name "
                + attempt(() -> {
                    session.setAttribute(null, 1);
                    return "done";
                }));
        session.invalidate();
    }

    private static void bodies(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        var reader = request.getReader();
        out.println("stream " + attempt(request::getInputStream));
        out.println("same " + reader.equals(request.getReader()));
        out.println("encoding "
                + attempt(() -> {
                    request.setCharacterEncoding("UTF-16");
                    return request.getCharacterEncoding();
                }));
        out.println("line " + reader.readLine());
        out.println("rest " + reader.read());
    }

    private static void reader(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().println(attempt(request::getReader) + " " + request.getCharacterEncoding());
    }

    private static void trailers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        out.println("ready " + request.isTrailerFieldsReady() + " " + attempt(request::getTrailerFields));
        out.println("body " + new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        out.println("ready " + request.isTrailerFieldsReady() + " " + attempt(request::getTrailerFields));
        out.println("supplier " + response.getTrailerFields());
        out.println("set "
                + attempt(() -> {
                    response.setTrailerFields(() -> Map.of("x-sum", "1"));
                    return response.getTrailerFields().get();
                }));
    }

    private static void headers(HttpServletResponse response) throws IOException {
        response.setHeader("X-One", "1");
        response.addHeader("x-one", "2");
        response.setHeader("X-Empty", "");
        response.setHeader("", "no name");
        response.setHeader("X Two", "a blank");
        response.setHeader("X-Wide", "\u20ac");
        response.setHeader("Content-Type", "text/plain;charset=UTF-8");
        response.setHeader("Content-Length", "x");
        var out = response.getWriter();
        out.println("one " + response.getHeader("X-ONE") + " " + List.copyOf(response.getHeaders("X-One")));
        out.println("empty '" + response.getHeader("X-Empty") + "' " + response.containsHeader("X-Empty"));
        out.println("none " + response.getHeader("X-None") + " " + response.getHeaders("X-None"));
        out.println(
                "null " + attempt(() -> response.getHeader(null)) + " " + attempt(() -> response.containsHeader(null)));
        out.println("type " + response.getContentType() + " " + response.getCharacterEncoding() + " "
                + response.getHeader("Content-Type"));
        out.println("names " + response.getHeaderNames().contains("X-One"));
        out.println("change "
                + attempt(() -> {
                    response.getHeaderNames().clear();
                    return response.getHeader("X-One");
                }));
        response.setContentLengthLong(-1);
    }

    /** §5.6: with the content that was announced, the response is complete. */
    private static void length(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getParameter("status");
        if (status != null) {
            response.setStatus(Integer.parseInt(status));
        }
        response.setContentLength(5);
        var out = response.getOutputStream();
        out.print("12345");
        LATER.put("committed at length", String.valueOf(response.isCommitted()));
        LATER.put("more than length", String.valueOf(attempt(() -> {
            out.print("678");
            out.flush();
            return "done";
        })));
    }

    private static void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Kept", "yes");
        response.addCookie(new Cookie("kept", "1"));
        response.setContentType("application/json");
        response.getWriter().print("discarded");
        response.sendError(Integer.parseInt(request.getParameter("status")), "told");
        LATER.put("committed by sendError", String.valueOf(response.isCommitted()));
        LATER.put("again", String.valueOf(attempt(() -> {
            response.sendError(500);
            return "done";
        })));
        LATER.put("reset after sendError", String.valueOf(attempt(() -> {
            response.reset();
            return "done";
        })));
        LATER.put("redirect after sendError", String.valueOf(attempt(() -> {
            response.sendRedirect("/");
            return "done";
        })));
        response.getWriter().print("ignored");
        response.setStatus(200);
        response.setHeader("X-Late", "yes");
    }

    private static void sent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .println(String.join(
                        "\n",
                        LATER.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .toList()));
        if (request.getParameter("clear") != null) {
            LATER.clear();
        }
    }

    private static void urls(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession();
        var out = response.getWriter();
        for (var url : List.of(
                "/probe/a",
                "a?b=c",
                "a#d",
                "../b",
                "/probe",
                "/probe?a",
                "http://probe.example/probe/a?b",
                "//probe.example:80/probe/a",
                "http://else.example/a",
                "http://probe.example/a",
                "http://probe.example:81/probe/a",
                "https://probe.example/probe/a",
                "http://probe.example",
                "//else.example/probe/a",
                "/prober",
                "/other/a",
                "../../b",
                "/probe/../b",
                "/probe/a;jsessionid=" + request.getSession().getId(),
                "",
                "?x",
                "#y",
                "mailto:me")) {
            out.println(url.replaceAll("jsessionid=[^?#]*", "ID") + " "
                    + response.encodeURL(url).replaceAll("jsessionid=[^?#]*", "ID") + " "
                    + response.encodeRedirectURL(url).replaceAll("jsessionid=[^?#]*", "ID"));
        }
    }

    private static void buffer(HttpServletResponse response) throws IOException {
        var out = response.getOutputStream();
        int size = response.getBufferSize();
        response.setBufferSize(size + 1);
        out.print("x");
        var grown = attempt(() -> {
            response.setBufferSize(size * 2);
            return "done";
        });
        boolean before = response.isCommitted();
        response.setHeader("X-Kept", "yes");
        response.resetBuffer();
        out.print("kept " + (size > 0) + " " + grown + " " + before + " " + response.containsHeader("X-Kept") + " ");
        out.flush();
        out.print(response.isCommitted() + "\n");
    }

    private static void writer(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var lines = new ArrayList<String>();
        response.getWriter();
        lines.add("stream " + attempt(response::getOutputStream));
        response.setContentType("text/html;charset=UTF-16");
        lines.add("type " + response.getContentType());
        response.resetBuffer();
        lines.add("stream after resetBuffer " + attempt(response::getOutputStream));
        response.reset();
        lines.add("type " + response.getContentType() + " " + response.getCharacterEncoding());
        var out = response.getOutputStream();
        lines.add("writer " + attempt(response::getWriter));
        lines.add("wide "
                + attempt(() -> {
                    out.print("\u20ac");
                    return "done";
                }));
        out.println(String.join("\n", lines));
    }

    private static void closed(HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        out.print("before");
        out.close();
        out.print("after");
        LATER.put("writer closed", response.isCommitted() + " " + out.checkError());
        LATER.put("reset after close", String.valueOf(attempt(() -> {
            response.reset();
            return "done";
        })));
    }

    private static void full(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(Integer.parseInt(request.getParameter("status")));
        response.getWriter().print("a body");
        response.flushBuffer();
    }

    private static void upgrade(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("no upgrade ");
        response.flushBuffer();
        response.getWriter().print(attempt(() -> request.upgrade(Answer.Loud.class)));
    }

    private static void cookies(HttpServletResponse response) throws IOException {
        var own = new Cookie("own", "1");
        own.setAttribute("Priority", "High");
        own.setDomain("Example.COM");
        own.setMaxAge(0);
        response.addCookie(own);
        var last = new Cookie("session", "a");
        last.setMaxAge(-5);
        response.addCookie(last);
        response.getWriter().println(attempt(() -> {
            response.addCookie(new Cookie("blank", "a b"));
            return "done";
        }));
        response.getWriter().println(attempt(() -> {
            var bad = new Cookie("bad", "a");
            bad.setPath("/;x");
            response.addCookie(bad);
            return "done";
        }));
        response.getWriter().println(attempt(() -> {
            var bad = new Cookie("bad", "a");
            bad.setDomain("a b");
            response.addCookie(bad);
            return "done";
        }));
        response.addCookie(new Cookie("empty", ""));
        response.addCookie(new Cookie("nothing", null));
        response.addCookie(new Cookie("twice", "1"));
        response.addCookie(new Cookie("twice", "2"));
        response.getWriter().println(attempt(() -> {
            response.addCookie(null);
            return "done";
        }));
        response.getWriter().println(attempt(() -> {
            own.setAttribute("Max-Age", "x");
            return "done";
        }));
        response.flushBuffer();
        response.addCookie(new Cookie("late", "1"));
    }

    /** What an included servlet may not do (§9.3, and the javadoc of what it calls). */
    private static void inner(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().println("included");
        response.addCookie(new Cookie("inner", "1"));
        response.setLocale(Locale.JAPAN);
        response.setCharacterEncoding("UTF-16");
        response.setContentLength(3);
        response.addIntHeader("X-Inner", 1);
        response.addDateHeader("X-Inner", 1);
        response.addHeader("X-Inner", "1");
        response.getWriter().println(attempt(() -> {
            response.sendRedirect("/elsewhere");
            return "redirect";
        }));
        response.getWriter().println(attempt(() -> {
            response.sendError(500);
            return "error";
        }));
        response.getWriter().println(attempt(() -> {
            response.reset();
            return "reset";
        }));
        response.getWriter().println(attempt(() -> request.getSession() != null));
        response.getWriter().println("end");
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.addHeader("X-Kept", "yes");
        response.getWriter().print("discarded");
        int status = Integer.parseInt(request.getParameter("status"));
        LATER.put("redirect " + status, String.valueOf(attempt(() -> {
            response.sendRedirect(request.getParameter("to"), status, request.getParameter("keep") == null);
            return response.isCommitted() + " " + response.getStatus() + " "
                    + attempt(() -> {
                        response.sendRedirect("/");
                        return "again";
                    });
        })));
        response.setStatus(200);
        response.setHeader("X-Kept", "no");
        response.setContentType("image/png");
        response.getWriter().println("ignored".repeat(10_000));
        response.getOutputStream().print("ignored");
        response.flushBuffer();
        if (request.getParameter("throw") != null) {
            throw new IllegalStateException("thrown after a redirect");
        }
    }

    private static void parts(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var out = response.getWriter();
        for (var part : request.getParts()) {
            out.println(part.getName() + " " + part.getSubmittedFileName() + " " + part.getContentType() + " "
                    + part.getSize() + " " + part.getHeader("X-None") + " " + part.getHeaders("X-None") + " "
                    + new TreeSet<>(part.getHeaderNames()));
        }
        var part = request.getPart("file");
        out.println("twice "
                + Arrays.equals(
                        part.getInputStream().readAllBytes(),
                        part.getInputStream().readAllBytes()));
        part.write("relative.txt");
        out.println("deleted "
                + attempt(() -> {
                    part.delete();
                    part.delete();
                    return "done";
                }));
        out.println("values " + List.of(request.getParameterValues("name")) + " file " + request.getParameter("file"));
    }
}
