package dev.narwhal.samples.legacy;

import java.io.IOException;
import javax.servlet.SingleThreadModel;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Gives out numbers from a field that nothing protects but the promise of {@code SingleThreadModel}. */
@SuppressWarnings("deprecation")
public final class TicketServlet extends HttpServlet implements SingleThreadModel {

    private static final long serialVersionUID = 1L;

    private int inside;
    private int tickets;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        inside++;
        int ticket = ++tickets;
        try {
            Thread.sleep(5); // long enough to meet another request, if there could be one
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        response.setContentType("text/plain");
        response.getWriter()
                .println("ticket " + ticket + (inside == 1 && ticket == tickets ? ", alone" : ", in a crowd"));
        inside--;
    }
}
