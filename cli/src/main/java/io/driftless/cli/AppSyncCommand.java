package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app sync APP`
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = "Sync an Application and wait for the outcome; exit code 1 when the sync fails.")
final class AppSyncCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--revision", defaultValue = "", description = "Revision to sync to.")
    private String revision = "";

    @Option(names = "--prune", description = "Delete resources that left Git.")
    private boolean prune;

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dryRun;

    @Option(names = "--async", description = "Do not wait.")
    private boolean async;

    @Option(
            names = "--resource",
            paramLabel = "GROUP:KIND:[NAMESPACE/]NAME",
            description = "Only this one; repeatable.")
    private List<String> resources = List.of();

    @Option(names = "--sync-option", paramLabel = "NAME=VALUE", description = "Repeatable.")
    private List<String> syncOptions = List.of();

    @Option(names = "--timeout", defaultValue = "0", description = "Seconds; 0 waits without limit.")
    private long timeoutSeconds;

    @Override
    public Integer call() {
        ApplicationRef ref = app.ref();
        ApiClient api = server.api();
        OperationWait wait = OperationWait.before(api, ref);
        JsonNode found = api.post(ref.path("/sync", ""), request());
        if (!async) {
            found = wait.await(
                    timeoutSeconds, new WaitProgress(spec.commandLine().getErr(), Output.forMachines(server.output)));
        }
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, found);
        } else {
            AppSummary.print(out, found);
        }
        String phase = found.path("status").path("operationState").path("phase").asText();
        return async || phase.equals("Succeeded") ? ExitCode.OK : ExitCode.FAILED;
    }

    private ObjectNode request() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!revision.isEmpty()) {
            body.put("revision", revision);
        }
        body.put("prune", prune);
        body.put("dryRun", dryRun);
        if (!syncOptions.isEmpty()) {
            var items = body.putObject("syncOptions").putArray("items");
            syncOptions.forEach(items::add);
        }
        for (String resource : resources) {
            String[] parts = resource.split(":", -1);
            if (parts.length != 3) {
                throw new CommandFailure(
                        ExitCode.FAILED, "--resource is written GROUP:KIND:[NAMESPACE/]NAME, not " + resource);
            }
            int slash = parts[2].indexOf('/');
            body.withArray("resources")
                    .addObject()
                    .put("group", parts[0])
                    .put("kind", parts[1])
                    .put("namespace", slash < 0 ? "" : parts[2].substring(0, slash))
                    .put("name", parts[2].substring(slash + 1));
        }
        return body;
    }
}
