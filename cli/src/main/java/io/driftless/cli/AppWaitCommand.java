package io.driftless.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app wait APP…`
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description =
                "Wait until Applications are synced, healthy and idle, one after the other; exit code 20 on timeout.")
final class AppWaitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppsOption apps = new AppsOption();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Option(names = "--sync", description = "Wait for Synced.")
    private boolean sync;

    @Option(names = "--health", description = "Wait for Healthy.")
    private boolean health;

    @Option(names = "--operation", description = "Wait for the running operation to end.")
    private boolean operation;

    @Option(names = "--suspended", description = "Wait for Suspended.")
    private boolean suspended;

    @Option(names = "--degraded", description = "Wait for Degraded.")
    private boolean degraded;

    @Option(names = "--delete", description = "Wait until it is gone.")
    private boolean delete;

    @Option(names = "--hydrated", description = "Not supported yet: nothing is hydrated.")
    private boolean hydrated;

    @Option(
            names = "--resource",
            paramLabel = "[!]GROUP:KIND:[NAMESPACE/]NAME",
            description = "Wait for these resources instead of the Application; * is anything, ! all others.")
    private List<String> resources = List.of();

    @Override
    public Integer call() {
        if (hydrated) {
            throw new CommandFailure(ExitCode.API, "--hydrated is not supported yet: nothing hydrates manifests");
        }
        ApiClient api = server.api();
        List<ResourceChoice> choices = ResourceChoice.parse(resources);
        AppWait wished = new AppWait(sync, health, operation, suspended, degraded, choices).orAll();
        for (ApplicationRef ref : apps.find(api, List.of())) {
            if (delete) {
                api.get(ref.path("", ""));
                Waiting.untilGone(api, ref, timeout.limit());
                spec.commandLine().getOut().println("application '" + ref.name() + "' deleted");
            } else {
                await(api, ref, wished);
            }
        }
        return ExitCode.OK;
    }

    private void await(ApiClient api, ApplicationRef ref, AppWait wished) {
        PrintWriter out = spec.commandLine().getOut();
        WaitProgress progress = new WaitProgress(out, wished.choices(), !Output.forPeople(server.output));
        Waiting.Outcome outcome = new Waiting(api, ref, timeout, progress).until(wished);
        if (outcome.late() != null && Output.forPeople(server.output)) {
            out.println();
            out.println("This is the state of the app after wait timed out:");
        }
        new AppView(out, server.output, api, ref).waited(outcome.app(), wished.operation());
        if (outcome.late() != null) {
            throw outcome.late();
        }
    }
}
