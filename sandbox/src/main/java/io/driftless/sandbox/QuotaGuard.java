package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.quota.LimitDefaults;
import io.driftless.sandbox.quota.Limits;
import io.driftless.sandbox.quota.Quota;
import io.driftless.sandbox.quota.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets objects be written as far as the limit ranges and quotas of their namespace allow. What a quota counts is
/// judged, written and counted by one at a time in each namespace, so that nothing slips through between.
final class QuotaGuard {
    /// What is never counted.
    private static final Set<String> UNCOUNTED = Set.of("events", "events.events.k8s.io");

    /// What may come to use more, or less, while it is there.
    private static final Set<String> GROWING = Set.of("services", "persistentvolumeclaims");

    private final NamespaceBounds bounds;
    private final StatusReports reports;
    private final ResourceType quotas;

    QuotaGuard(NamespaceBounds bounds, StatusReports reports, ResourceType quotas) {
        this.bounds = bounds;
        this.reports = reports;
        this.quotas = quotas;
    }

    /// Fills in what a new pod leaves open.
    void complete(String namespace, ObjectNode pod) {
        bounds.ranges(namespace).forEach(range -> LimitDefaults.complete(range.tree(), pod));
    }

    /// @throws ApiError 403 where a limit range forbids the object
    void limit(ResourceType type, String namespace, ObjectNode object) {
        for (Stored range : bounds.ranges(namespace)) {
            List<String> wrong = Limits.problems(range.tree(), type.id(), object);
            if (!wrong.isEmpty()) {
                String all = String.join(", ", wrong);
                throw ApiError.forbidden(type, Json.name(object), wrong.size() == 1 ? all : "[" + all + "]");
            }
        }
    }

    /// Writes the next state of an object, and counts what it uses more or less than before.
    ///
    /// @throws ApiError 403 where a limit range or a quota forbids it
    @Nullable
    Stored rewrite(
            ResourceType type, Stored before, ObjectNode next, boolean dryRun, Supplier<@Nullable Stored> write) {
        if (!GROWING.contains(type.id())) {
            return write.get();
        }
        ObjectNode was = before.in(type);
        if (!was.path("spec").path("resources").equals(next.path("spec").path("resources"))) {
            limit(type, before.key().namespace(), next);
        }
        return write(type, before.key(), next, was, dryRun, write);
    }

    /// Writes an object, and counts it.
    ///
    /// @param before null for a new one
    /// @param write gives null where another write came first; nothing is counted then
    /// @throws ApiError 403 where a quota forbids it
    @Nullable
    Stored write(
            ResourceType type,
            Key key,
            ObjectNode next,
            @Nullable JsonNode before,
            boolean dryRun,
            Supplier<@Nullable Stored> write) {
        String namespace = key.namespace();
        if (namespace.isEmpty() || bounds.quotas(namespace).isEmpty() || UNCOUNTED.contains(type.id())) {
            return write.get();
        }
        synchronized (bounds.lock(namespace)) {
            Map<Key, ObjectNode> counted = new LinkedHashMap<>();
            for (Stored quota : bounds.quotas(namespace)) {
                switch (new Quota(quota.tree()).judge(type.id(), next, before)) {
                    case Verdict.Refused refused -> throw ApiError.forbidden(type, key.name(), refused.why());
                    case Verdict.Counted used -> counted.put(quota.key(), used.used());
                    case Verdict.Unaffected _ -> {}
                }
            }
            Stored written = write.get();
            if (written != null && !dryRun) {
                counted.forEach((quota, used) -> reports.write(
                        quotas,
                        quota,
                        "kube-apiserver",
                        object -> Json.child(object, "status").set("used", used)));
            }
            return written;
        }
    }
}
