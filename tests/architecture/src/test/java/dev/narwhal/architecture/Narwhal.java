package dev.narwhal.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of the server, without tests. */
final class Narwhal {

    static final String CONTRACT = "dev.narwhal.contract..";
    static final String MASTER = "dev.narwhal.master..";
    static final String WORKER = "dev.narwhal.worker..";
    static final String NAMING = "dev.narwhal.naming..";
    static final String UNDERTOW = "dev.narwhal.undertow..";

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.narwhal.contract",
                    "dev.narwhal.master",
                    "dev.narwhal.worker",
                    "dev.narwhal.naming",
                    "dev.narwhal.undertow");

    private Narwhal() {}
}
