package dev.narwhal.master.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves routes over HTTP until it is closed. */
public final class Door implements Closeable {

    private static final int MOST_THREADS = 8;
    private static final int LEAST_THREADS = 1;

    private final Server server;

    private Door(Server server) {
        this.server = server;
    }

    /**
     * Over TCP.
     *
     * @throws IOException with the cause when the address cannot be bound
     */
    public static Door tcp(String host, int port, Routes routes) throws IOException {
        var server = server();
        var connector = new ServerConnector(server, 1, 1, http());
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        return open(server, routes);
    }

    /**
     * Over a Unix socket, which must not exist yet; it goes when the door is closed. Who may open it is up to its directory.
     *
     * @throws IOException with the cause when it cannot be bound
     */
    public static Door unix(Path path, Routes routes) throws IOException {
        var server = server();
        var connector = new UnixDomainServerConnector(server, 1, 1, http());
        connector.setUnixDomainPath(path);
        server.addConnector(connector);
        return open(server, routes);
    }

    private static Server server() {
        var threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("control");
        threads.setDaemon(true);
        return new Server(threads);
    }

    private static HttpConnectionFactory http() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        return new HttpConnectionFactory(configuration);
    }

    private static Door open(Server server, Routes routes) throws IOException {
        var streams = new EventStream();
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (request.getMethod().equals("GET")
                        && Request.getPathInContext(request).equals("/events")
                        && streams.begin(routes.events(), response, callback)) {
                    return true;
                }
                var wars = Request.extractQueryParameters(request).getValuesOrEmpty("war");
                var answer =
                        routes.answer(request.getMethod(), Request.getPathInContext(request), query(request), wars);
                response.setStatus(answer.status());
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                Content.Sink.write(response, true, answer.body(), callback);
                return true;
            }
        });
        try {
            server.start();
            return new Door(server);
        } catch (Exception e) {
            stop(server);
            throw e instanceof IOException failure ? failure : new IOException(e.getMessage(), e);
        }
    }

    /** Of a parameter that is given twice the first one holds. */
    private static Map<String, String> query(Request request) {
        var query = new HashMap<String, String>();
        Request.extractQueryParameters(request).forEach(field -> query.put(field.getName(), field.getValue()));
        return query;
    }

    /** The port of {@link #tcp}. */
    public int port() {
        return server.getConnectors()[0] instanceof ServerConnector connector ? connector.getLocalPort() : -1;
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("closing a door of the master", e);
        }
    }
}
