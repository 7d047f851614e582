package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app sync APP…`
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description =
                "Sync Applications, one after the other, and wait for the outcome; exit code 1 when a sync fails.")
final class AppSyncCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppsOption apps = new AppsOption();

    @Mixin
    private SyncFlags how = new SyncFlags();

    @Mixin
    private SyncSelection selection = new SyncSelection();

    @Mixin
    private LocalFlags local = new LocalFlags();

    @Mixin
    private SourceChoice source = new SourceChoice();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Option(names = "--project", paramLabel = "PROJECT", description = "Those of this project; repeatable.")
    private List<String> projects = List.of();

    @Option(names = "--async", description = "Do not wait.")
    private boolean async;

    @Option(names = "--preview-changes", description = "Show the differences first and ask whether to go on.")
    private boolean preview;

    @Option(names = "--assumeYes", description = "Answer every question with yes.")
    private boolean assumeYes;

    @Override
    public Integer call() {
        source.requireOnlyOne();
        ObjectNode request = how.request();
        selection.choices();
        ApiClient api = server.api();
        List<ApplicationRef> found = apps.find(api, projects);
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "No matching apps found for filter:"
                            + (apps.selector().isEmpty() ? "" : " selector " + apps.selector())
                            + (projects.isEmpty() ? "" : " projects " + projects));
        }
        for (ApplicationRef ref : found) {
            sync(api, ref, request.deepCopy());
        }
        return ExitCode.OK;
    }

    private void sync(ApiClient api, ApplicationRef ref, ObjectNode request) {
        PrintWriter out = spec.commandLine().getOut();
        OperationWait wait = OperationWait.before(api, ref);
        selection.apply(request, api, ref, wait.known());
        if (local.given()) {
            local.manifests(api, wait.known())
                    .forEach(manifest -> request.withArrayProperty("manifests").add(manifest.toString()));
        }
        if (preview && !reviewed(api, ref, wait.known())) {
            return;
        }
        JsonNode asked = api.post(ref.path("/sync", ""), request);
        if (async) {
            if (Output.forMachines(server.output)) {
                Output.print(out, server.output, asked);
            }
            return;
        }
        WaitProgress progress = new WaitProgress(out, selection.choices(), !Output.forPeople(server.output));
        JsonNode synced = wait.await(timeout, progress);
        new AppView(out, server.output, api, ref).waited(synced, true);
        if (!how.dryRun()) {
            judge(synced);
        }
    }

    private boolean reviewed(ApiClient api, ApplicationRef ref, JsonNode known) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("====== Previewing differences between live and desired state of application " + ref.name()
                + " ======");
        List<ResourcePair> pairs = local.given()
                ? ResourcePair.ofManifests(api, ref, known, local.manifests(api, known))
                : ResourcePair.ofGit(api, ref);
        if (!new DiffPrinter(out).print(pairs)) {
            out.println("====== No Differences found ======");
            return true;
        }
        return assumeYes
                || new Question(out)
                        .yes("Please review changes to application " + ref.name()
                                + " shown above. Do you want to continue the sync process? (y/n): ");
    }

    /// Fails with exit code 1 unless the sync did what it was to do.
    private void judge(JsonNode synced) {
        String phase = synced.at("/status/operationState/phase").asText("");
        if (!phase.equals("Succeeded")) {
            throw new CommandFailure(ExitCode.FAILED, "Operation has completed with phase: " + phase);
        }
        if (how.prune() || local.given() || !selection.all()) {
            return; // All of Git was not what it was about, or nothing is left.
        }
        int surplus = 0;
        for (JsonNode resource : synced.at("/status/resources")) {
            surplus += resource.path("requiresPruning").asBoolean() ? 1 : 0;
        }
        if (surplus > 0 && !synced.at("/status/sync/status").asText("").equals("Synced")) {
            throw new CommandFailure(ExitCode.FAILED, surplus + " resources require pruning: see --prune");
        }
    }
}
