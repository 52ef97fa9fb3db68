package dev.narwhal.behaviour.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.X509Certificate;
import java.util.stream.IntStream;

/** Says what it is told of TLS; echoes what is posted, and sends as many bytes as are asked for. */
public final class TlsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        if (request.getParameter("bytes") != null) {
            var block = block();
            for (int left = Integer.parseInt(request.getParameter("bytes")); left > 0; left -= block.length) {
                response.getOutputStream().write(block, 0, Math.min(left, block.length));
            }
            return;
        }
        if (request.getParameter("millis") != null) {
            pause(Long.parseLong(request.getParameter("millis")));
        }
        if (request.getParameter("session") != null) {
            request.getSession();
        }
        var out = response.getWriter();
        out.println(
                "scheme " + request.getScheme() + " secure " + request.isSecure() + " url " + request.getRequestURL());
        out.println("user " + request.getRemoteUser() + " by " + request.getAuthType() + " admin "
                + request.isUserInRole("admin"));
        for (var name : new String[] {"secure_protocol", "cipher_suite", "key_size", "ssl_session_id"}) {
            out.println(name + " " + request.getAttribute("jakarta.servlet.request." + name));
        }
        var certificates = (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
        out.println("certificate " + (certificates == null ? null : certificates[0].getSubjectX500Principal()));
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("told to stop");
        }
    }

    private static byte[] block() {
        var block = new byte[50_000];
        IntStream.range(0, block.length).forEach(i -> block[i] = (byte) i);
        return block;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().transferTo(response.getOutputStream());
    }
}
