package dev.narwhal.undertow.deploy;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.resource.ResourceManager;
import io.undertow.servlet.handlers.ServletPathMatch;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.MappingMatch;
import java.util.Set;

/**
 * Leaves a directory to the application's default servlet where the only welcome page is one that some {@code *.jsp} servlet would serve if it were
 * there (Servlet 6.1 §10.10 lets a container choose; Tomcat asks for the file). Otherwise {@code /} of an application whose servlet is mapped to
 * {@code /} would be the missing {@code index.jsp}. Stands before the filters.
 */
final class WelcomePages implements HttpHandler {

    /** In no directory, and without an extension that a servlet may be mapped to. */
    private static final String NO_FILE = "narwhal-no-such-file";

    private final HttpHandler next;
    private final Set<Class<?>> servingFiles;
    private final ResourceManager files;

    /** @param servingFiles the classes of servlets that serve files by their extension */
    WelcomePages(HttpHandler next, Set<Class<?>> servingFiles, ResourceManager files) {
        this.next = next;
        this.servingFiles = Set.copyOf(servingFiles);
        this.files = files;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        var match = context.getOriginalServletPathMatch();
        if (context.getDispatcherType() == DispatcherType.REQUEST // the match of a forward is another one
                && match.getType() == ServletPathMatch.Type.REWRITE
                && match.getMappingMatch() == MappingMatch.EXTENSION
                && servingFiles.contains(match.getServletChain()
                        .getManagedServlet()
                        .getServletInfo()
                        .getServletClass())
                && files.getResource(match.getRewriteLocation()) == null) {
            useDefaultServlet(exchange, context, match.getRewriteLocation());
        }
        next.handleRequest(exchange);
    }

    private static void useDefaultServlet(
            HttpServerExchange exchange, ServletRequestContext context, String welcomePage) {
        var directory = welcomePage.substring(0, welcomePage.lastIndexOf('/') + 1);
        var chain = context.getDeployment()
                .getServletPaths()
                .getServletHandlerByPath(directory + NO_FILE)
                .getServletChain();
        exchange.setRelativePath(directory);
        exchange.setRequestPath(exchange.getResolvedPath() + directory);
        context.setServletPathMatch(new ServletPathMatch(chain, directory, null, ServletPathMatch.Type.NORMAL, null));
        context.setCurrentServlet(chain);
    }
}
