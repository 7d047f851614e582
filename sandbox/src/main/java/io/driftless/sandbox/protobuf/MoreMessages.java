package io.driftless.sandbox.protobuf;

import static io.driftless.sandbox.protobuf.ProtobufMessages.META;
import static io.driftless.sandbox.protobuf.ProtobufMessages.text;

import io.driftless.sandbox.protobuf.ProtobufMessages.Field;
import io.driftless.sandbox.protobuf.ProtobufMessages.Shape;
import java.util.Map;

/// Further messages that `kubectl` sends: options of deletions, evictions, budgets, quotas, ingresses, autoscalers.
public final class MoreMessages {
    private static final Map<Integer, Field> DELETE_OPTIONS = Map.of(
            1,
            Field.of("gracePeriodSeconds", Shape.NUMBER),
            2,
            new Field("preconditions", Shape.MESSAGE, Map.of(1, text("uid"), 2, text("resourceVersion"))),
            3,
            Field.of("orphanDependents", Shape.FLAG),
            4,
            text("propagationPolicy"),
            5,
            Field.of("dryRun", Shape.TEXTS));

    private static final Field BACKEND_SERVICE = new Field(
            "service",
            Shape.MESSAGE,
            Map.of(
                    1,
                    text("name"),
                    2,
                    new Field("port", Shape.MESSAGE, Map.of(1, text("name"), 2, Field.of("number", Shape.NUMBER)))));

    private static final Field PATHS = new Field(
            "paths",
            Shape.MESSAGES,
            Map.of(
                    1,
                    text("path"),
                    2,
                    new Field("backend", Shape.MESSAGE, Map.of(4, BACKEND_SERVICE)),
                    3,
                    text("pathType")));

    private static final Field RULES = new Field(
            "rules",
            Shape.MESSAGES,
            Map.of(
                    1,
                    text("host"),
                    2,
                    new Field("", Shape.INLINE, Map.of(1, new Field("http", Shape.MESSAGE, Map.of(1, PATHS))))));

    private static final Field INGRESS_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1,
                    new Field("defaultBackend", Shape.MESSAGE, Map.of(4, BACKEND_SERVICE)),
                    2,
                    new Field("tls", Shape.MESSAGES, Map.of(1, Field.of("hosts", Shape.TEXTS), 2, text("secretName"))),
                    3,
                    RULES,
                    4,
                    text("ingressClassName")));

    private static final Field BUDGET_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1,
                    Field.of("minAvailable", Shape.INT_OR_TEXT),
                    2,
                    new Field("selector", Shape.MESSAGE, Map.of(1, Field.of("matchLabels", Shape.TEXT_MAP))),
                    3,
                    Field.of("maxUnavailable", Shape.INT_OR_TEXT),
                    4,
                    text("unhealthyPodEvictionPolicy")));

    private static final Field AUTOSCALER_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1,
                    new Field(
                            "scaleTargetRef",
                            Shape.MESSAGE,
                            Map.of(1, text("kind"), 2, text("name"), 3, text("apiVersion"))),
                    2,
                    Field.of("minReplicas", Shape.NUMBER),
                    3,
                    Field.of("maxReplicas", Shape.NUMBER),
                    4,
                    Field.of("targetCPUUtilizationPercentage", Shape.NUMBER)));

    static final Map<String, Map<Integer, Field>> KINDS = Map.of(
            "DeleteOptions",
            DELETE_OPTIONS,
            "Eviction",
            Map.of(1, META, 2, new Field("deleteOptions", Shape.MESSAGE, DELETE_OPTIONS)),
            "PodDisruptionBudget",
            Map.of(1, META, 2, BUDGET_SPEC),
            "ResourceQuota",
            Map.of(
                    1,
                    META,
                    2,
                    new Field(
                            "spec",
                            Shape.MESSAGE,
                            Map.of(1, Field.of("hard", Shape.QUANTITY_MAP), 2, Field.of("scopes", Shape.TEXTS)))),
            "Ingress",
            Map.of(1, META, 2, INGRESS_SPEC),
            "HorizontalPodAutoscaler",
            Map.of(1, META, 2, AUTOSCALER_SPEC));

    private MoreMessages() {}

    /// The fields of a kind that any of the tables knows; null where none does.
    static @org.jspecify.annotations.Nullable Map<Integer, Field> of(String kind) {
        Map<Integer, Field> known = ProtobufMessages.KINDS.get(kind);
        if (known == null) {
            known = AccessMessages.KINDS.get(kind);
        }
        return known == null ? KINDS.get(kind) : known;
    }
}
