package io.driftless.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/// The classes of all modules, without those of tests.
final class Production {
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.driftless");

    /// One package for each stage; what lies below it belongs to it.
    static final List<String> STAGES =
            List.of("webhook", "registry", "manifest", "observe", "drift", "sync", "notification", "api");

    private Production() {}

    static String below(String name) {
        return "io.driftless." + name + "..";
    }

    static String[] below(List<String> names) {
        return names.stream().map(Production::below).toArray(String[]::new);
    }
}
