package dev.narwhal.master.config;

import dev.narwhal.contract.WorkerSpec.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.altindag.ssl.pem.util.PemUtils;

/** Looks at the files of TLS before a worker does. Reports what is wrong with them; keeps nothing of them. */
public final class TlsCheck {

    private static final String ENCRYPTED = "ENCRYPTED";

    private final List<Problem> problems = new ArrayList<>();

    private TlsCheck() {}

    /** Everything that keeps workers from serving with these files. No text repeats anything of a key. */
    public static List<Problem> problems(Tls files) {
        var check = new TlsCheck();
        var certificates = check.certificates(files.certificates());
        check.key(files).ifPresent(key -> check.fits(key, certificates, files));
        files.authorities().ifPresent(check::certificates);
        return check.problems;
    }

    /** What a client will mind. */
    public static List<String> warnings(Tls files, Instant now) {
        var warnings = new ArrayList<String>();
        for (var certificate : new TlsCheck().certificates(files.certificates())) {
            var subject = certificate.getSubjectX500Principal();
            var ends = certificate.getNotAfter().toInstant();
            var begins = certificate.getNotBefore().toInstant();
            if (now.isAfter(ends)) {
                warnings.add("the certificate of '" + subject + "' in " + files.certificates() + " expired on " + ends
                        + ". Clients will refuse it. Renew it, then send HUP.");
            } else if (now.isBefore(begins)) {
                warnings.add("the certificate of '" + subject + "' in " + files.certificates() + " is good from "
                        + begins + " on only. Clients will refuse it until then.");
            }
        }
        return warnings;
    }

    private List<X509Certificate> certificates(Path file) {
        var text = read(file);
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            var certificates = PemUtils.parseCertificate(text.get());
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (RuntimeException _) {
            // the library has a type for each kind of text that is none
        }
        refuse(file, "there is no certificate in it that can be read. Give one in PEM: -----BEGIN CERTIFICATE-----.");
        return List.of();
    }

    private Optional<PrivateKey> key(Tls files) {
        var password = files.keyPassword().flatMap(this::read).map(TlsCheck::firstLine);
        if (files.key().equals(files.certificates()) && !Files.isReadable(files.key())) {
            return Optional.empty(); // reported as a certificate
        }
        var text = read(files.key());
        if (text.isEmpty() || (files.keyPassword().isPresent() && password.isEmpty())) {
            return Optional.empty();
        }
        boolean encrypted = text.get().contains(ENCRYPTED);
        if (encrypted && password.isEmpty()) {
            refuse(files.key(), "the key is encrypted. Give --keyfile-password-file FILE.");
            return Optional.empty();
        }
        try {
            return Optional.of(PemUtils.parsePrivateKey(
                    text.get(), password.map(String::toCharArray).orElse(null)));
        } catch (RuntimeException _) {
            refuse(
                    files.key(),
                    encrypted
                            ? "the key cannot be decrypted with the password in "
                                    + files.keyPassword().orElseThrow() + "."
                            : "there is no private key in it that can be read. Give one in PEM (PKCS#8, PKCS#1 or EC), or its file"
                                    + " with --keyfile.");
            return Optional.empty();
        }
    }

    /** The first line of a file of a secret. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void fits(PrivateKey key, List<X509Certificate> certificates, Tls files) {
        if (!certificates.isEmpty() && !belongsTo(key, certificates.getFirst())) {
            refuse(
                    files.key(),
                    "the key is not that of the first certificate in " + files.certificates() + ", '"
                            + certificates.getFirst().getSubjectX500Principal()
                            + "'. Give its key, and its certificate before those of authorities.");
        }
    }

    private static boolean belongsTo(PrivateKey key, X509Certificate certificate) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> key.getAlgorithm(); // such as Ed25519, where the key decides all
        };
        try {
            var proof = "narwhal".getBytes(StandardCharsets.US_ASCII);
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(proof);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(proof);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false; // keys of different kinds
        }
    }

    private Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException _) {
            refuse(file, "no such file.");
        } catch (AccessDeniedException _) {
            refuse(file, "permission denied. Make it readable for the user that narwhal runs as.");
        } catch (IOException e) {
            refuse(file, "cannot be read: " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    private void refuse(Path file, String text) {
        problems.add(new Problem(file.toString(), text));
    }
}
