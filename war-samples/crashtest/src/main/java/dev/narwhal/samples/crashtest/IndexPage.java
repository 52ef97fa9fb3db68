package dev.narwhal.samples.crashtest;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code /} lists the endpoints. */
@WebServlet("")
public final class IndexPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private String template = "";

    @Override
    public void init() throws ServletException {
        try (var page = IndexPage.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new ServletException("reading page.html: it is not beside " + IndexPage.class);
            }
            template = new String(page.readAllBytes(), StandardCharsets.UTF_8).replace("${rows}", rows());
        } catch (IOException e) {
            throw new ServletException("reading page.html", e);
        }
    }

    private static String rows() {
        return Crashtest.ENDPOINTS.stream()
                .map(endpoint -> {
                    var path = endpoint.path().substring(1);
                    var link = endpoint.query().isEmpty() ? path : path + "?" + endpoint.query();
                    return "<tr><td><a href=\"" + link + "\">/" + link + "</a><td>" + endpoint.says();
                })
                .collect(joining("\n    "));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .print(template.replace(
                        "${worker}", Long.toString(ProcessHandle.current().pid())));
    }
}
