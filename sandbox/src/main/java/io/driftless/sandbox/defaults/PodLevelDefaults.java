package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.List;

/// What a pod as a whole asks for where it says only what limits it: as much as its containers do, or up to the limit.
final class PodLevelDefaults {
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final List<String> SHARED = List.of("cpu", "memory");

    private PodLevelDefaults() {}

    static void apply(ObjectNode spec) {
        if (!(spec.path("resources") instanceof ObjectNode whole)
                || whole.path("limits").isEmpty()) {
            return;
        }
        ObjectNode requests = Json.child(whole, "requests");
        for (String name : SHARED) {
            String sum = requests.has(name) ? "" : asked(spec, name);
            if (!sum.isEmpty()) {
                requests.put(name, sum);
            }
        }
        for (var limit : whole.path("limits").properties()) {
            if (!requests.has(limit.getKey())
                    && (SHARED.contains(limit.getKey()) || limit.getKey().startsWith("hugepages-"))) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
        if (requests.isEmpty()) {
            whole.remove("requests");
        }
    }

    /// What the containers ask for together; those that end before the others begin count one at a time. Empty where
    /// none asks for any.
    private static String asked(JsonNode spec, String name) {
        Sum lasting = new Sum(BigDecimal.ZERO, "");
        for (JsonNode container : spec.path("containers")) {
            lasting = lasting.plus(request(container, name));
        }
        Sum most = new Sum(BigDecimal.ZERO, "");
        Sum before = most;
        for (JsonNode container : spec.path("initContainers")) {
            Sum now = before.plus(request(container, name));
            if (container.path("restartPolicy").asText().equals("Always")) {
                before = now;
                lasting = lasting.plus(request(container, name));
            }
            most = most.max(now);
        }
        return lasting.max(most).text();
    }

    private static JsonNode request(JsonNode container, String name) {
        return container.path("resources").path("requests").path(name);
    }

    /// @param first the first amount, whose form the sum has; empty where there is none
    private record Sum(BigDecimal number, String first) {
        Sum plus(JsonNode amount) {
            return amount.isMissingNode()
                    ? this
                    : new Sum(
                            number.add(Quantities.parse(amount.asText()).orElse(BigDecimal.ZERO)),
                            first.isEmpty() ? amount.asText() : first);
        }

        Sum max(Sum other) {
            return first.isEmpty() || !other.first.isEmpty() && other.number.compareTo(number) > 0 ? other : this;
        }

        String text() {
            if (first.isEmpty() || Quantities.same(TextNode.valueOf(first), TextNode.valueOf(number.toPlainString()))) {
                return first;
            }
            return Quantities.canonical(
                    first.endsWith("i") ? number.divide(KIBI).toPlainString() + "Ki" : number.toPlainString());
        }
    }
}
