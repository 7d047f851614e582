package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.access.Caller;
import io.driftless.sandbox.access.User;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.List;

/// What the server adds to a request for a certificate: who asks, and when something was said of it.
final class CertificateStatus {
    static final String TYPE = "certificatesigningrequests.certificates.k8s.io";
    private static final List<String> DECISIONS = List.of("Approved", "Denied");

    private CertificateStatus() {}

    /// Writes down who asks, whatever the request says.
    static void asker(ObjectNode request) {
        User user = Caller.CURRENT.isBound() ? Caller.CURRENT.get().user() : User.ADMIN;
        ObjectNode spec = Json.child(request, "spec");
        spec.remove(List.of("uid", "extra"));
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        ArrayNode groups = spec.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
    }

    /// Completes the conditions of the next version. Through the status nobody decides: decisions stay as they are
    /// where they are as many.
    static void complete(String subresource, JsonNode live, ObjectNode next) {
        JsonNode old = live.path("status").path("conditions");
        if (!(next.path("status").path("conditions") instanceof ArrayNode conditions)) {
            return;
        }
        if (subresource.equals("status")) {
            DECISIONS.forEach(type -> keep(indices(type, old), indices(type, conditions), old, conditions));
        }
        for (JsonNode one : conditions) {
            if (one instanceof ObjectNode condition) {
                timed(condition, old);
            }
        }
    }

    private static void keep(List<Integer> was, List<Integer> is, JsonNode old, ArrayNode conditions) {
        for (int i = 0; was.size() == is.size() && i < is.size(); i++) {
            conditions.set(is.get(i), old.get(was.get(i)).deepCopy());
        }
    }

    private static List<Integer> indices(String type, JsonNode conditions) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").asText().equals(type)) {
                out.add(i);
            }
        }
        return out;
    }

    private static void timed(ObjectNode condition, JsonNode old) {
        String now = Json.now();
        if (!condition.hasNonNull("lastUpdateTime")) {
            condition.put("lastUpdateTime", now);
        }
        if (condition.hasNonNull("lastTransitionTime")) {
            return;
        }
        condition.put("lastTransitionTime", now);
        for (JsonNode was : old) {
            if (was.path("type").equals(condition.path("type"))
                    && was.path("status").equals(condition.path("status"))
                    && was.hasNonNull("lastTransitionTime")) {
                condition.set("lastTransitionTime", was.path("lastTransitionTime"));
                return;
            }
        }
    }
}
