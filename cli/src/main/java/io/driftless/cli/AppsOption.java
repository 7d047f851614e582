package io.driftless.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which Applications a command is about: those that it names, or those whose labels a selector matches.
final class AppsOption {
    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Parameters(arity = "0..*", paramLabel = "APP", description = "names or namespace/name")
    private List<String> apps = List.of();

    @Option(
            names = {"-l", "--selector"},
            defaultValue = "",
            paramLabel = "SELECTOR",
            description = "Those whose labels match, such as team=shop,tier!=test.")
    private String selector = "";

    /// Those that are named, or all that are found, which may be none. Fails with exit code 1 when nothing says which.
    ///
    /// @param projects only those of these projects, and all of them where nothing else is said; empty for any
    List<ApplicationRef> find(ApiClient api, List<String> projects) {
        if (apps.isEmpty() && selector.isEmpty() && projects.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "name an Application, or choose some with --selector");
        }
        if (!apps.isEmpty() && !(selector.isEmpty() && projects.isEmpty())) {
            throw new CommandFailure(
                    ExitCode.FAILED, "Applications are either named or chosen: leave out the names, or the rest");
        }
        List<ApplicationRef> found = new ArrayList<>();
        for (String app : apps) {
            ApplicationRef ref = ApplicationRef.parse(app);
            found.add(ref.namespace().isEmpty() ? new ApplicationRef(namespace.namespace, ref.name()) : ref);
        }
        if (apps.isEmpty()) {
            Query query = new Query().with("selector", selector).with("appNamespace", namespace.namespace);
            projects.forEach(project -> query.with("projects", project));
            Fleet.list(api, query).forEach(application -> found.add(ApplicationRef.of(application)));
        }
        return found;
    }

    /// The selector as it was given; empty for none.
    String selector() {
        return selector;
    }
}
