package dev.narwhal.samples.hello;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code /} shows a browser which worker answered, on which thread, and how requests spread over the workers. */
@WebServlet("")
public final class HelloPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private String template = "";

    @Override
    public void init() throws ServletException {
        try (var page = HelloPage.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new ServletException("reading page.html: it is not beside " + HelloPage.class);
            }
            template = new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ServletException("reading page.html", e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = template;
        for (var fact : facts(request).entrySet()) {
            page = page.replace(
                    "${" + fact.getKey() + "}", escape(fact.getValue().toString()));
        }
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(page);
    }

    private Map<String, Object> facts(HttpServletRequest request) {
        var thread = Thread.currentThread();
        var context = getServletContext();
        return Map.of(
                "worker", ProcessHandle.current().pid(),
                "kind", thread.isVirtual() ? "virtual" : "platform",
                "thread", thread.getName().isEmpty() ? "without a name" : thread.getName(),
                "requests", request.getAttribute(WorkerFilter.REQUESTS),
                "server", context.getServerInfo(),
                "servlet", context.getEffectiveMajorVersion() + "." + context.getEffectiveMinorVersion(),
                "java", Runtime.version(),
                "url", request.getRequestURL());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
