package dev.narwhal.samples.legacy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Counts visits in a session, as one did before it had attributes. */
@SuppressWarnings("deprecation")
public final class VisitsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession();
        int visits = next(session.getValue("visits"));
        session.putValue("visits", visits);
        session.putValue("passing", true);
        session.removeValue("passing");
        response.setContentType("text/plain");
        response.getWriter()
                .println("visit " + visits + ", values " + Arrays.toString(session.getValueNames()) + ", "
                        + Collections.list(session.getSessionContext().getIds()).size() + " sessions shown, next "
                        + response.encodeUrl("visits")
                        + (request.isRequestedSessionIdFromUrl() ? ", by URL" : ""));
    }

    private static int next(@Nullable Object visits) {
        return visits instanceof Integer before ? before + 1 : 1;
    }
}
