package dev.narwhal.samples.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /echo}: sends the request body back while it comes in, however large, through one buffer and without blocking. */
@WebServlet(urlPatterns = "/echo", asyncSupported = true)
public final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var type = request.getContentType();
        response.setContentType(type == null ? "application/octet-stream" : type);
        var async = request.startAsync();
        async.setTimeout(0);
        async.addListener(new Outcomes.Listener());
        var pump = new Pump(async, request.getInputStream(), response.getOutputStream());
        request.getInputStream().setReadListener(pump);
        response.getOutputStream().setWriteListener(pump);
    }

    /** Reads only when what was read before is written. Both sides call it, so it takes care to do one thing at a time. */
    private final class Pump implements ReadListener, WriteListener {
        private final AsyncContext async;
        private final ServletInputStream in;
        private final ServletOutputStream out;
        private final byte[] buffer = new byte[16 * 1024];
        private boolean done;

        Pump(AsyncContext async, ServletInputStream in, ServletOutputStream out) {
            this.async = async;
            this.in = in;
            this.out = out;
        }

        private synchronized void pump() throws IOException {
            while (!done && out.isReady()) { // ready: the container needs the buffer no longer
                if (in.isFinished()) {
                    done = true;
                    async.complete();
                } else if (in.isReady()) {
                    int read = in.read(buffer);
                    if (read > 0) {
                        out.write(buffer, 0, read);
                    }
                } else {
                    return;
                }
            }
        }

        @Override
        public void onDataAvailable() throws IOException {
            pump();
        }

        @Override
        public void onAllDataRead() throws IOException {
            pump();
        }

        @Override
        public void onWritePossible() throws IOException {
            pump();
        }

        @Override
        public synchronized void onError(Throwable failure) {
            if (!done) {
                done = true;
                log("echoing", failure);
                async.complete();
            }
        }
    }
}
