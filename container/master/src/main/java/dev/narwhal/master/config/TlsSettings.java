package dev.narwhal.master.config;

import dev.narwhal.contract.WorkerSpec.ClientCertificates;
import dev.narwhal.contract.WorkerSpec.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the settings amount to for TLS, and whether they fit together. */
record TlsSettings(Givens givens, Path workingDirectory) {

    private static final List<Setting<?>> FILES =
            List.of(Settings.CERTFILE, Settings.KEYFILE, Settings.KEYFILE_PASSWORD_FILE, Settings.CA_CERTS);

    /** The files of the https listeners; empty without such a listener. Of settings that have no problem. */
    Optional<Tls> files() {
        return hasTls()
                ? file(Settings.CERTFILE)
                        .map(certificates -> new Tls(
                                certificates,
                                file(Settings.KEYFILE).orElse(certificates),
                                file(Settings.KEYFILE_PASSWORD_FILE),
                                file(Settings.CA_CERTS),
                                givens.one(Settings.CERT_REQS)))
                : Optional.empty();
    }

    /** Reports what is missing, what is there in vain, and what is wrong with the files. */
    void check(Consumer<Problem> problems) {
        if (isUnreadable()) {
            return; // reported with all other values
        }
        if (!hasTls()) {
            FILES.stream()
                    .filter(givens::has)
                    .forEach(setting -> problems.accept(new Problem(
                            source(setting),
                            setting.name()
                                    + " is for TLS, but no bind is. Give such as --bind https://127.0.0.1:8443.")));
            return;
        }
        if (!givens.has(Settings.CERTFILE)) {
            problems.accept(
                    new Problem(
                            firstTls().origin().toString(),
                            firstTls().text()
                                    + " needs a certificate. Give --certfile FILE, and --keyfile FILE if the key is not in it."));
        }
        if (givens.one(Settings.CERT_REQS) != ClientCertificates.NONE && !givens.has(Settings.CA_CERTS)) {
            problems.accept(new Problem(
                    source(Settings.CERT_REQS),
                    "certificates of clients need authorities that sign them. Give --ca-certs FILE."));
        }
        files().ifPresent(files -> TlsCheck.problems(files).forEach(problems));
    }

    private boolean isUnreadable() {
        return FILES.stream()
                        .anyMatch(setting -> givens.problems(setting).findAny().isPresent())
                || givens.problems(Settings.BIND).findAny().isPresent()
                || givens.problems(Settings.CERT_REQS).findAny().isPresent();
    }

    private boolean hasTls() {
        return givens.all(Settings.BIND).stream().anyMatch(Bind::tls);
    }

    private Given firstTls() {
        return givens.of(Settings.BIND).stream()
                .filter(given -> Bind.parse(given.text()).tls())
                .findFirst()
                .orElseThrow();
    }

    private String source(Setting<?> setting) {
        return givens.of(setting).getFirst().origin().toString();
    }

    private Optional<Path> file(Setting<String> setting) {
        return givens.optional(setting)
                .map(file -> workingDirectory.resolve(file).toAbsolutePath().normalize());
    }
}
