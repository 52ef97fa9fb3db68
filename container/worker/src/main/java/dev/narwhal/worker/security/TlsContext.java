package dev.narwhal.worker.security;

import dev.narwhal.contract.WorkerSpec.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;

/** The server's side of TLS, made of the files as they are when the worker boots. */
public final class TlsContext {

    private TlsContext() {}

    /**
     * Reads the files. The master has looked at them a moment ago, so what is wrong now is told briefly.
     *
     * @throws IOException when they cannot be read or do not fit together
     */
    public static SSLContext of(Tls files) throws IOException {
        try {
            var identity = PemUtils.loadIdentityMaterial(files.certificates(), files.key(), password(files));
            var trust = files.authorities().isEmpty()
                    ? new TrustManager[0] // nobody: certificates of clients are not asked for
                    : new TrustManager[] {
                        PemUtils.loadTrustMaterial(files.authorities().get())
                    };
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, trust, null);
            return context;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(
                    "reading the certificate %s and the key %s: %s"
                            .formatted(files.certificates(), files.key(), e.getMessage()),
                    e);
        }
    }

    @SuppressWarnings("NullAway") // the library's word for no password
    private static char[] password(Tls files) throws IOException {
        if (files.keyPassword().isEmpty()) {
            return null;
        }
        try (var lines = Files.lines(files.keyPassword().get())) {
            return lines.findFirst().orElse("").toCharArray();
        }
    }
}
