package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.SyncRequested.Strategy;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import io.driftless.settings.GoDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the body of a sync request, under Argo CD's names.
final class SyncBody {
    private static final Pattern REVISION = Pattern.compile("[^\\p{Cntrl}\\s~^:?*\\[\\\\|]{1,1024}");

    private SyncBody() {}

    // The retry may be absent; the checker does not see that on a nested type read from a class file.
    @SuppressWarnings("NullAway")
    static SyncRequested read(
            ApplicationName name, String id, String by, ObjectNode body, Optional<ApplicationCompared> known) {
        if (!body.path("revisions").isEmpty() || !body.path("sourcePositions").isEmpty()) {
            throw HttpFailure.unsupported("a sync of several sources");
        }
        return new SyncRequested(
                name,
                id,
                by,
                revision(body),
                bool(body, "prune"),
                bool(body, "dryRun"),
                resources(body.path("resources"), known),
                options(body),
                retry(body.path("retryStrategy")),
                body.path("source").isObject() ? body.path("source") : null,
                body.path("manifests").isEmpty() ? null : true,
                infos(body.path("infos")),
                strategy(body.path("strategy")));
    }

    private static Map<String, String> infos(JsonNode list) {
        Map<String, String> infos = new LinkedHashMap<>();
        for (JsonNode info : list) {
            String name = info.path("name").asText("");
            if (name.isEmpty()) {
                throw HttpFailure.invalid("each of the infos needs a name");
            }
            infos.put(name, info.path("value").asText(""));
        }
        return infos;
    }

    private static @Nullable String revision(ObjectNode body) {
        String revision = body.path("revision").asText("");
        if (revision.isEmpty()) {
            return null;
        }
        if (!REVISION.matcher(revision).matches() || revision.startsWith("-")) {
            throw HttpFailure.invalid("field revision is not a branch, tag or commit");
        }
        return revision;
    }

    private static boolean bool(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw HttpFailure.invalid("field " + field + " must be true or false");
        }
        return node.asBoolean();
    }

    private static List<String> options(ObjectNode body) {
        List<String> options = new ArrayList<>();
        body.path("syncOptions").path("items").forEach(item -> options.add(item.asText()));
        SyncPolicyCheck.options(options, "syncOptions");
        return options;
    }

    private static @Nullable Strategy strategy(JsonNode given) {
        JsonNode apply = given.path(Strategy.APPLY);
        JsonNode hook = given.path(Strategy.HOOK);
        if (apply.isObject() && hook.isObject()) {
            throw HttpFailure.invalid("field strategy names apply and hook: keep one");
        }
        if (apply.isObject()) {
            return new Strategy(Strategy.APPLY, bool(apply, "force"));
        }
        return hook.isObject() ? new Strategy(Strategy.HOOK, bool(hook, "force")) : null;
    }

    private static List<ResourceId> resources(JsonNode list, Optional<ApplicationCompared> known) {
        List<ResourceId> resources = new ArrayList<>();
        for (JsonNode item : list) {
            String group = item.path("group").asText("");
            String kind = item.path("kind").asText("");
            String namespace = item.path("namespace").asText("");
            String name = item.path("name").asText("");
            List<ResourceId> meant = known.stream()
                    .flatMap(compared -> compared.resources().stream())
                    .map(verdict -> verdict.resource())
                    .filter(id -> id.group().equals(group) && id.kind().equals(kind))
                    .filter(id -> id.name().equals(name))
                    .filter(id -> namespace.isEmpty() || id.namespace().equals(namespace))
                    .toList();
            if (meant.isEmpty()) {
                throw HttpFailure.invalid("the application has no resource " + group + '/' + kind + ' ' + name);
            }
            resources.addAll(meant);
        }
        return resources;
    }

    private static @Nullable Retry retry(JsonNode strategy) {
        if (!strategy.isObject()) {
            return null;
        }
        SyncPolicyCheck.retry(strategy, "retryStrategy");
        JsonNode backoff = strategy.path("backoff");
        return new Retry(
                strategy.path("limit").asInt(0),
                millis(backoff.path("duration").asText("5s")),
                backoff.path("factor").asInt(2),
                millis(backoff.path("maxDuration").asText("3m")),
                bool(strategy, "refresh"));
    }

    private static long millis(String text) {
        return GoDuration.millis(text).orElseThrow(() -> HttpFailure.invalid("not a duration such as 5s or 3m"));
    }
}
