package org.xnio.nio;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The one class in XNIO's own package: XNIO opens its server sockets itself, and what takes a socket that exists is
 * package-private. Connections are accepted on the worker's I/O threads.
 */
public final class InheritedTcpServer {

    private InheritedTcpServer() {}

    /**
     * Makes an XNIO server of a listening socket. Accepts are suspended at first.
     *
     * @param channel non-blocking; closed together with the result
     */
    public static AcceptingChannel<StreamConnection> adopt(
            XnioWorker worker, ServerSocketChannel channel, OptionMap options) throws IOException {
        return new NioTcpServer((NioXnioWorker) worker, channel, options, false);
    }
}
