package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an Application is synced.
final class SyncFlags {
    @Option(names = "--revision", defaultValue = "", paramLabel = "REVISION", description = "Revision to sync to.")
    private String revision = "";

    @Option(names = "--prune", description = "Delete resources that left Git.")
    private boolean prune;

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dryRun;

    @Option(
            names = "--strategy",
            defaultValue = "hook",
            paramLabel = "apply|hook",
            description = "Whether hooks are part of it (default: hook).")
    private String strategy = "hook";

    @Option(names = "--force", description = "Delete and create again what cannot be changed.")
    private boolean force;

    @Option(names = "--replace", description = "Replace resources instead of applying them.")
    private boolean replace;

    @Option(names = "--server-side", description = "Have the API server apply.")
    private boolean serverSide;

    @Option(names = "--apply-out-of-sync-only", description = "Leave alone what is in sync.")
    private boolean outOfSyncOnly;

    @Option(names = "--sync-option", paramLabel = "NAME=VALUE", description = "Another option of syncs; repeatable.")
    private List<String> options = List.of();

    @Option(names = "--info", paramLabel = "NAME=VALUE", description = "A remark to keep with it; repeatable.")
    private List<String> infos = List.of();

    @Option(names = "--retry-limit", paramLabel = "COUNT", description = "Retries if it fails (default: none).")
    private @Nullable Integer retries;

    @Option(
            names = "--retry-backoff-duration",
            paramLabel = "DURATION",
            description = "Wait before the first retry, such as 5s.")
    private @Nullable String wait;

    @Option(
            names = "--retry-backoff-max-duration",
            paramLabel = "DURATION",
            description = "Longest wait before a retry, such as 3m.")
    private @Nullable String longestWait;

    @Option(
            names = "--retry-backoff-factor",
            paramLabel = "COUNT",
            description = "How much longer each wait is than the one before.")
    private @Nullable Integer factor;

    @Option(names = "--retry-refresh", description = "Retry with the newest commit of the revision.")
    private boolean retryRefresh;

    boolean dryRun() {
        return dryRun;
    }

    boolean prune() {
        return prune;
    }

    /// Fails with exit code 1 when the flags make no sense.
    ObjectNode request() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!revision.isEmpty()) {
            body.put("revision", revision);
        }
        body.put("prune", prune).put("dryRun", dryRun);
        switch (strategy.toLowerCase(Locale.ROOT)) {
            case "", "hook", "apply" -> {
                String kind = strategy.isEmpty() ? "hook" : strategy.toLowerCase(Locale.ROOT);
                body.putObject("strategy").putObject(kind).put("force", force);
            }
            default -> throw new CommandFailure(ExitCode.FAILED, "Unknown sync strategy: '" + strategy + "'");
        }
        option(body, replace, "Replace=true");
        option(body, serverSide, "ServerSideApply=true");
        option(body, outOfSyncOnly, "ApplyOutOfSyncOnly=true");
        options.forEach(text -> option(body, true, text));
        for (String info : infos) {
            KeyValue pair = KeyValue.parse("--info", info);
            body.withArrayProperty("infos").addObject().put("name", pair.key()).put("value", pair.value());
        }
        new Retries(retries, wait, longestWait, factor).put(body, "retryStrategy", "--retry-limit");
        if (retryRefresh && body.path("retryStrategy") instanceof ObjectNode retry) {
            retry.put("refresh", true);
        }
        return body;
    }

    private static void option(ObjectNode body, boolean given, String text) {
        if (given) {
            body.withObjectProperty("syncOptions").withArrayProperty("items").add(text);
        }
    }
}
