package io.driftless.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app delete APP…`
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete Applications.")
final class AppDeleteCommand implements Callable<Integer> {
    /// The values of --propagation-policy.
    enum Propagation {
        foreground,
        background
    }

    private static final Duration UNLIMITED = Duration.ofDays(365);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppsOption apps = new AppsOption();

    @Option(
            names = "--cascade",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Delete its resources too (default: true).")
    private boolean cascade;

    @Option(
            names = {"-p", "--propagation-policy"},
            defaultValue = "foreground",
            description = "Whether what lies below its resources goes first: one of ${COMPLETION-CANDIDATES}.")
    private Propagation propagation = Propagation.foreground;

    @Option(names = "--wait", description = "Wait until it is gone.")
    private boolean wait;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        ApiClient api = server.api();
        List<ApplicationRef> found = apps.find(api, List.of());
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.API, "no apps match selector " + apps.selector());
        }
        Question question = new Question(spec.commandLine().getOut());
        for (ApplicationRef ref : found) {
            String what =
                    "Are you sure you want to delete '" + ref.name() + "'" + (cascade ? " and all its resources" : "");
            if (yes || !Question.canBeAsked() || question.yes(what + "? (y/n): ")) {
                delete(api, ref);
            }
        }
        return ExitCode.OK;
    }

    private void delete(ApiClient api, ApplicationRef ref) {
        api.delete(ref.path("", "cascade=" + cascade + (cascade ? "&propagationPolicy=" + propagation : "")));
        if (wait) {
            Waiting.untilGone(api, ref, UNLIMITED);
        }
        spec.commandLine().getOut().println("application '" + ref.name() + "' deleted");
        spec.commandLine().getOut().flush();
    }
}
