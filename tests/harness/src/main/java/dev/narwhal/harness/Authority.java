package dev.narwhal.harness;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test. Its key and what it signs are made when they are needed and forgotten with it. */
public final class Authority {

    /** A certificate with its key. */
    public record Identity(PrivateKey key, X509Certificate certificate) {

        /** Writes the certificate in PEM. */
        public Path writeCertificate(Path file) {
            return write(file, pem(certificate));
        }

        /** Writes the key in PEM (PKCS#8), for the owner only. */
        public Path writeKey(Path file) {
            return writeSecret(file, () -> new JcaPKCS8Generator(key, null));
        }

        /** Writes the key in PEM (PKCS#8), encrypted. */
        public Path writeKey(Path file, String password) {
            return writeSecret(
                    file,
                    () -> new JcaPKCS8Generator(
                            key,
                            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(new BouncyCastleProvider())
                                    .setPassword(password.toCharArray())
                                    .build()));
        }

        /** Writes the key in the form that OpenSSL had before PKCS#8: {@code BEGIN EC PRIVATE KEY}. */
        public Path writeTraditionalKey(Path file) {
            return writeSecret(file, () -> key);
        }

        private static Path writeSecret(Path file, Callable<Object> content) {
            try {
                write(file, pem(content.call()));
                return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            } catch (Exception e) {
                throw new IllegalStateException("writing a key to " + file, e);
            }
        }
    }

    private static final char[] PASSWORD = "password".toCharArray();

    private final Identity own;

    private Authority(Identity own) {
        this.own = own;
    }

    public static Authority named(String name) {
        var keys = keys();
        return new Authority(
                sign(name, keys, encoded(new X500Principal(name)), keys.getPrivate(), Duration.ofDays(1), true));
    }

    /** A certificate that is good for {@code localhost} and 127.0.0.1 from yesterday to tomorrow. */
    public Identity issue(String subject) {
        return issue(subject, Duration.ofDays(1));
    }

    /**
     * A certificate that is good from two days ago.
     *
     * @param left until it expires, from now on; negative if it has
     */
    public Identity issue(String subject, Duration left) {
        return sign(subject, keys(), issuer(), own.key(), left, false);
    }

    private X500Name issuer() {
        return encoded(own.certificate().getSubjectX500Principal());
    }

    private static X500Name encoded(X500Principal name) {
        return X500Name.getInstance(name.getEncoded());
    }

    /** Writes the authority's certificate in PEM. */
    public Path write(Path file) {
        return own.writeCertificate(file);
    }

    /** For clients that trust this authority alone, and show a certificate if there is one. */
    public SSLContext client(Optional<Identity> identity) {
        try {
            var trusted = emptyStore();
            trusted.setCertificateEntry("authority", own.certificate());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var shown = emptyStore();
            if (identity.isPresent()) {
                shown.setKeyEntry("client", identity.get().key(), PASSWORD, new X509Certificate[] {
                    identity.get().certificate()
                });
            }
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(shown, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("making a client's TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("making keys", e);
        }
    }

    private static Identity sign(
            String subject, KeyPair keys, X500Name issuer, PrivateKey signer, Duration left, boolean authority) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(now.minus(Duration.ofDays(2))),
                    Date.from(now.plus(left)),
                    encoded(new X500Principal(subject)),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            }
            var signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
            return new Identity(keys.getPrivate(), new JcaX509CertificateConverter().getCertificate(signed));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("signing a certificate", e);
        }
    }

    private static String pem(Object object) {
        try {
            var pem = new StringWriter();
            try (var writer = new JcaPEMWriter(pem)) {
                writer.writeObject(object);
            }
            return pem.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("writing PEM", e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }
}
