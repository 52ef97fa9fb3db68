package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** GET answers {@code lines} lines and flushes after each; POST answers each line of the body as soon as it has come. */
@WebServlet("/stream")
public final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        int lines = Integer.parseInt(request.getParameter("lines"));
        for (int i = 0; i < lines; i++) {
            response.getWriter().print("line " + i + "\n");
            response.flushBuffer();
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var in = request.getInputStream();
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.append((char) next);
            if (next == '\n') {
                response.getOutputStream().write(line.toString().getBytes(StandardCharsets.US_ASCII));
                response.flushBuffer();
                line.setLength(0);
            }
        }
        response.getOutputStream().write("end\n".getBytes(StandardCharsets.US_ASCII));
    }
}
