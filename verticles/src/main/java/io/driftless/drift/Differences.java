package io.driftless.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import io.driftless.objects.Comparison;
import io.driftless.objects.IgnoreRule;
import io.driftless.objects.IgnoredFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The differences of each resource, worked out anew only for what changed.
final class Differences {
    /// The field manager of our server-side applies, as Argo CD's.
    static final String MANAGER = "argocd-controller";

    private static final int MOST = 100;

    private record Known(ResourceRendered desired, ResourceObserved live, List<FieldDifference> differences) {
        /// The very records it was worked out from.
        @SuppressWarnings("ReferenceEquality")
        boolean of(ResourceRendered otherDesired, ResourceObserved otherLive) {
            return desired == otherDesired && live == otherLive;
        }
    }

    private Map<ResourceId, Known> known = new HashMap<>();
    private Map<ResourceId, Known> next = new HashMap<>();
    private @Nullable List<IgnoreDifferences> declared;
    private List<IgnoreRule> rules = List.of();
    private List<String> unsupported = List.of();

    /// Begins a comparison of all resources under these rules.
    void begin(List<IgnoreDifferences> ignoreDifferences) {
        next = new HashMap<>();
        if (!ignoreDifferences.equals(declared)) {
            declared = ignoreDifferences;
            known.clear();
            rules = ignoreDifferences.stream().map(Differences::rule).toList();
            unsupported = IgnoredFields.unsupported(rules);
        }
    }

    /// Ends it: what was not asked about is forgotten.
    void end() {
        known = next;
    }

    /// jq expressions of the rules that cannot be followed yet.
    List<String> unsupported() {
        return unsupported;
    }

    List<FieldDifference> between(ResourceRendered desired, ResourceObserved live) {
        Known before = known.get(desired.resource());
        Known now = before != null && before.of(desired, live)
                ? before
                : new Known(desired, live, compare(desired.manifest(), live.object()));
        next.put(desired.resource(), now);
        return now.differences();
    }

    private List<FieldDifference> compare(JsonNode manifest, JsonNode object) {
        IgnoredFields ignored = IgnoredFields.of(rules, manifest);
        return Comparison.differences(ignored.without(manifest, object), ignored.without(object, object), MANAGER)
                .stream()
                .limit(MOST)
                .map(found -> new FieldDifference(found.path(), found.desired(), found.live()))
                .toList();
    }

    private static IgnoreRule rule(IgnoreDifferences declared) {
        return new IgnoreRule(
                declared.group(),
                declared.kind(),
                declared.name(),
                declared.namespace(),
                declared.jsonPointers(),
                declared.jqPathExpressions(),
                declared.managedFieldsManagers());
    }
}
