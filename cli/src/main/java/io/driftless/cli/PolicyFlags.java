package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// When and how an Application is synced.
final class PolicyFlags {
    @Option(names = "--sync-policy", paramLabel = "none|automated", description = "Whether it syncs by itself.")
    private @Nullable String policy;

    @Option(
            names = "--auto-prune",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let automated syncs delete what left Git.")
    private @Nullable Boolean prune;

    @Option(
            names = "--self-heal",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let automated syncs undo what was changed by hand.")
    private @Nullable Boolean selfHeal;

    @Option(
            names = "--allow-empty",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Let automated syncs delete everything.")
    private @Nullable Boolean allowEmpty;

    @Option(
            names = "--sync-option",
            paramLabel = "[!]NAME=VALUE",
            description = "Add an option of syncs, or with ! take it away; repeatable.")
    private List<String> options = List.of();

    @Option(names = "--sync-retry-limit", paramLabel = "COUNT", description = "Retries of a failed sync.")
    private @Nullable Integer retries;

    @Option(
            names = "--sync-retry-backoff-duration",
            paramLabel = "DURATION",
            description = "Wait before the first retry, such as 5s.")
    private @Nullable String backoff;

    @Option(
            names = "--sync-retry-backoff-max-duration",
            paramLabel = "DURATION",
            description = "Longest wait before a retry, such as 3m.")
    private @Nullable String longestBackoff;

    @Option(
            names = "--sync-retry-backoff-factor",
            paramLabel = "COUNT",
            description = "How much longer each wait is than the one before.")
    private @Nullable Integer backoffFactor;

    void apply(ObjectNode spec) {
        ObjectNode sync = spec.path("syncPolicy") instanceof ObjectNode given ? given : spec.objectNode();
        if (policy != null) {
            automate(sync, policy);
        }
        automated(sync, "--auto-prune", "prune", prune);
        automated(sync, "--self-heal", "selfHeal", selfHeal);
        automated(sync, "--allow-empty", "allowEmpty", allowEmpty);
        options.forEach(option -> option(sync, option));
        new Retries(retries, backoff, longestBackoff, backoffFactor).put(sync, "retry", "--sync-retry-limit");
        if (sync.isEmpty()) {
            spec.remove("syncPolicy");
        } else {
            spec.set("syncPolicy", sync);
        }
    }

    private static void automate(ObjectNode sync, String policy) {
        switch (policy.toLowerCase(Locale.ROOT)) {
            case "none", "manual", "" -> sync.remove("automated");
            case "automated", "automatic", "auto" -> sync.withObjectProperty("automated");
            default -> throw new CommandFailure(ExitCode.FAILED, "--sync-policy is none or automated, not " + policy);
        }
    }

    private static void automated(ObjectNode sync, String flag, String field, @Nullable Boolean value) {
        if (value == null) {
            return;
        }
        if (!(sync.path("automated") instanceof ObjectNode automated)) {
            throw new CommandFailure(
                    ExitCode.FAILED, flag + " is about automated syncs: give --sync-policy automated, too");
        }
        automated.put(field, value);
    }

    private static void option(ObjectNode sync, String option) {
        boolean away = option.startsWith("!");
        String text = away ? option.substring(1) : option;
        ArrayNode list = sync.withArrayProperty("syncOptions");
        list.removeIf(other -> other.asText().equals(text));
        if (!away) {
            list.add(text);
        } else if (list.isEmpty()) {
            sync.remove("syncOptions");
        }
    }
}
