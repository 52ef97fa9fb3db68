package dev.narwhal.conformance.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeMap;

/** Reads its request in the way that its path says, and tells what was there. */
public final class Read extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What may throw anything. */
    @FunctionalInterface
    private interface Action {
        Object run() throws Exception;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentType("text/plain");
        switch (request.getPathInfo()) {
            case "/buffers" -> buffers(request, response);
            case "/cookies" -> cookies(request, response.getWriter());
            case "/charset" -> charset(request, response.getWriter());
            case "/twice" -> twice(request, response);
            case "/facts" -> facts(request, response.getWriter());
            case "/part" -> part(request, response.getWriter());
            case "/inject" -> inject(request.getParameter("text"), response);
            case "/late" -> late(response);
            default -> response.sendError(404);
        }
    }

    /** With the buffers of Servlet 6.1. */
    private static void buffers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var in = request.getInputStream();
        var out = response.getOutputStream();
        var buffer = ByteBuffer.allocate(1000);
        while (in.read(buffer) >= 0) {
            out.write(buffer);
            buffer.clear();
        }
        out.print(" " + in.isFinished() + " " + in.equals(request.getInputStream()));
    }

    private static void cookies(HttpServletRequest request, PrintWriter out) {
        if (request.getCookies() == null) {
            out.print("none");
            return;
        }
        for (var cookie : request.getCookies()) {
            out.print(cookie.getName() + "=" + cookie.getValue() + "\n");
        }
    }

    private static void charset(HttpServletRequest request, PrintWriter out) {
        out.println(attempt(() -> {
            request.setCharacterEncoding("no such encoding");
            return "";
        }));
        out.println(attempt(() -> {
            request.setCharacterEncoding("unheard-of");
            return "";
        }));
        request.setCharacterEncoding(Charset.forName("ISO-8859-15"));
        out.println(request.getCharacterEncoding() + " " + request.getParameter("text"));
    }

    private static void twice(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream();
        var out = response.getWriter();
        out.println("reader " + attempt(request::getReader));
        out.println("stream " + attempt(response::getOutputStream));
        out.println("map " + attempt(() -> request.getParameterMap().put("a", new String[0])));
        out.println("date " + attempt(() -> request.getDateHeader("X-No-Date")));
        out.println("buffer "
                + attempt(() -> {
                    response.setBufferSize(100_000);
                    return response.getBufferSize() >= 100_000;
                }));
    }

    @SuppressWarnings("deprecation") // of push, which nothing answers any more
    private static void facts(HttpServletRequest request, PrintWriter out) {
        out.println("locales " + Collections.list(request.getLocales()) + " " + request.getLocale());
        out.println("date " + request.getDateHeader("X-Date") + " " + request.getDateHeader("X-None"));
        out.println("length " + request.getContentLength() + " " + request.getContentLengthLong());
        out.println("type " + request.getContentType() + " " + request.getCharacterEncoding());
        out.println("server " + request.getServerName() + " " + request.getServerPort() + " " + request.getScheme()
                + " " + request.getProtocol());
        out.println("url " + request.getRequestURL());
        out.println("names " + Collections.list(request.getHeaders("X-Many")));
        var parameters = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, Arrays.toString(values)));
        out.println("parameters " + parameters);
        out.println("push " + request.newPushBuilder());
    }

    private static void part(HttpServletRequest request, PrintWriter out) throws IOException, ServletException {
        var part = request.getPart("file");
        out.println(part.getHeader("content-TYPE") + " " + part.getHeaders("X-Own") + " "
                + part.getHeaderNames().size());
        out.println(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        var target = File.createTempFile("part", ".txt");
        part.write(target.getAbsolutePath());
        out.println(Files.readString(target.toPath()));
        out.println(target.delete() + " " + request.getPart("nobody") + " " + request.getParameter("name"));
    }

    /** Tries to put more into a header than a value. */
    private static void inject(String text, HttpServletResponse response) throws IOException {
        attempt(() -> {
            response.setHeader("X-Value", text);
            return "";
        });
        attempt(() -> {
            response.addHeader("X-Name" + text, "value");
            return "";
        });
        attempt(() -> {
            response.setContentType("text/plain" + text);
            return "";
        });
        response.sendRedirect("/elsewhere" + text);
    }

    private static void late(HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        out.print("x".repeat(20));
        response.flushBuffer();
        out.println();
        out.println("buffer "
                + attempt(() -> {
                    response.setBufferSize(1);
                    return "";
                }));
        out.println("reset "
                + attempt(() -> {
                    response.resetBuffer();
                    return "";
                }));
        out.println("redirect "
                + attempt(() -> {
                    response.sendRedirect("/");
                    return "";
                }));
        out.println("trailers "
                + attempt(() -> {
                    response.setTrailerFields(Collections::emptyMap);
                    return "";
                }));
        response.setStatus(404);
        response.addHeader("X-Late", "yes");
        out.println("status " + response.getStatus() + " " + response.containsHeader("X-Late"));
    }

    private static Object attempt(Action action) {
        try {
            return action.run();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }
}
