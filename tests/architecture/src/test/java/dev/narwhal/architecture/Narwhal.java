package dev.narwhal.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** The classes of the server, without tests. */
final class Narwhal {

    static final String CONTRACT = "dev.narwhal.contract..";
    static final String MASTER = "dev.narwhal.master..";
    static final String WORKER = "dev.narwhal.worker..";
    static final String MIGRATION = "dev.narwhal.migration..";
    static final String LEGACY = "dev.narwhal.legacy..";
    static final String UNDERTOW = "dev.narwhal.undertow..";
    static final String JSP = "dev.narwhal.jsp..";
    static final String NAMING = "dev.narwhal.naming..";
    static final String SESSION_LMDB = "dev.narwhal.session.lmdb..";
    static final String SESSION_REDIS = "dev.narwhal.session.redis..";
    static final String WEBSOCKET = "dev.narwhal.websocket..";

    static final List<String> ADAPTERS =
            List.of(UNDERTOW, WEBSOCKET, JSP, NAMING, MIGRATION, SESSION_LMDB, SESSION_REDIS);

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.narwhal.contract",
                    "dev.narwhal.master",
                    "dev.narwhal.worker",
                    "dev.narwhal.undertow",
                    "dev.narwhal.websocket",
                    "dev.narwhal.migration",
                    "dev.narwhal.legacy",
                    "dev.narwhal.jsp",
                    "dev.narwhal.naming",
                    "dev.narwhal.session");

    private Narwhal() {}

    static String[] with(List<String> packages, String... more) {
        return Stream.concat(packages.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
