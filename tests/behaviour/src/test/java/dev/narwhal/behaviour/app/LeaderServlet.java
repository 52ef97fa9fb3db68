package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Says which worker it runs in, and whether that one leads, in all ways that an application can ask. */
@WebServlet("/leader")
public final class LeaderServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var leads = (BooleanSupplier) getServletContext().getAttribute("narwhal.worker.leader");
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        response.getWriter()
                .print(System.getProperty("narwhal.worker.index") + " " + System.getenv("NARWHAL_WORKER_INDEX") + " "
                        + leads.getAsBoolean() + " " + Boolean.getBoolean("narwhal.worker.leader"));
    }
}
