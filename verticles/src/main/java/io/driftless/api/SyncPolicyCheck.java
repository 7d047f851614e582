package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.settings.GoDuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a sync policy must not say: options that nobody knows, that have no such value or contradict one another, and
/// retries that would never end or never begin. In clusters such options are passed over in silence; who writes them
/// through the API is told.
final class SyncPolicyCheck {
    private static final Set<String> FLAG = Set.of("true", "false");
    private static final Set<String> CONFIRMED = Set.of("true", "false", "confirm");
    private static final Map<String, Set<String>> OPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("ApplyOutOfSyncOnly", FLAG),
            Map.entry("ClientSideApplyMigration", FLAG),
            Map.entry("CreateNamespace", FLAG),
            Map.entry("Delete", CONFIRMED),
            Map.entry("FailOnSharedResource", FLAG),
            Map.entry("Force", FLAG),
            Map.entry("Prune", CONFIRMED),
            Map.entry("PruneLast", FLAG),
            Map.entry("PrunePropagationPolicy", Set.of("foreground", "background", "orphan")),
            Map.entry("Replace", FLAG),
            Map.entry("RespectIgnoreDifferences", FLAG),
            Map.entry("ServerSideApply", FLAG),
            Map.entry("SkipDryRunOnMissingResource", FLAG),
            Map.entry("Validate", FLAG)));
    private static final int GREATEST_FACTOR = 1_000;
    private static final int LONGEST_SHOWN = 60;

    private SyncPolicyCheck() {}

    /// Judges `spec.syncPolicy`, but not the part that an Application has already.
    static void check(@Nullable JsonNode before, JsonNode policy) {
        JsonNode options = policy.path("syncOptions");
        if (before == null || !options.equals(before.path("syncOptions"))) {
            List<String> texts = new ArrayList<>();
            options.forEach(option -> texts.add(option.asText()));
            options(texts, "spec.syncPolicy.syncOptions");
        }
        JsonNode retry = policy.path("retry");
        if (before == null || !retry.equals(before.path("retry"))) {
            retry(retry, "spec.syncPolicy.retry");
        }
    }

    /// Fails with [HttpFailure] 400 unless all of these options are known and agree.
    static void options(List<String> options, String field) {
        Map<String, String> given = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1).strip();
            Set<String> values = OPTIONS.get(name);
            if (values == null) {
                throw invalid(
                        field,
                        "there is no sync option " + shown(option) + "; there are "
                                + String.join(", ", OPTIONS.keySet()));
            }
            if (!values.contains(value)) {
                throw invalid(
                        field,
                        shown(option) + " is not a value of this option; write " + name + "= and one of "
                                + String.join(", ", values.stream().sorted().toList()));
            }
            String other = given.put(name, value);
            if (other != null && !other.equals(value)) {
                throw invalid(
                        field, name + '=' + other + " and " + name + '=' + value + " contradict each other: keep one");
            }
        }
        if ("true".equals(given.get("Replace")) && "true".equals(given.get("ServerSideApply"))) {
            throw invalid(field, "Replace=true and ServerSideApply=true contradict each other: keep one");
        }
    }

    /// Fails with [HttpFailure] 400 unless this is a retry that waits.
    static void retry(JsonNode retry, String field) {
        if (!retry.isObject()) {
            return;
        }
        JsonNode limit = retry.path("limit");
        if (!limit.isMissingNode() && !(limit.canConvertToInt() && limit.canConvertToExactIntegral())) {
            throw invalid(field + ".limit", "it must be a whole number: 0 for no retry, negative for no limit");
        }
        JsonNode backoff = retry.path("backoff");
        JsonNode factor = backoff.path("factor");
        if (!factor.isMissingNode()
                && !(factor.canConvertToExactIntegral()
                        && factor.asDouble() >= 1
                        && factor.asDouble() <= GREATEST_FACTOR)) {
            throw invalid(field + ".backoff.factor", "it must be a whole number from 1 to " + GREATEST_FACTOR);
        }
        long shortest = duration(backoff, "duration", field, 1);
        long longest = duration(backoff, "maxDuration", field, 0);
        if (longest > 0 && shortest > longest) {
            throw invalid(field + ".backoff.maxDuration", "it must not be shorter than duration");
        }
    }

    /// In milliseconds; 0 when it is not given.
    private static long duration(JsonNode backoff, String name, String field, long least) {
        String text = backoff.path(name).asText("");
        if (text.isEmpty()) {
            return 0;
        }
        OptionalLong millis = GoDuration.millis(text);
        if (millis.isEmpty() || millis.getAsLong() < least) {
            throw invalid(
                    field + ".backoff." + name,
                    shown(text) + " is not a duration" + (least > 0 ? " above zero" : "")
                            + ": write for example 30s, 5m or 1h");
        }
        return millis.getAsLong();
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + '…' : text;
    }

    private static HttpFailure invalid(String field, String why) {
        return HttpFailure.invalid("field " + field + ": " + why);
    }
}
