package dev.narwhal.wars;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServlet;
import org.cometd.bayeux.server.BayeuxServer;

/** Started after CometD's own servlet. */
public final class StartChat extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    public void init(ServletConfig config) {
        new ChatService((BayeuxServer) config.getServletContext().getAttribute(BayeuxServer.ATTRIBUTE));
    }
}
