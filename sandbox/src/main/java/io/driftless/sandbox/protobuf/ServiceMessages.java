package io.driftless.sandbox.protobuf;

import static io.driftless.sandbox.protobuf.ProtobufMessages.META;
import static io.driftless.sandbox.protobuf.ProtobufMessages.text;

import io.driftless.sandbox.protobuf.ProtobufMessages.Field;
import io.driftless.sandbox.protobuf.ProtobufMessages.Shape;
import java.util.List;
import java.util.Map;

/// The messages of `kubectl create service`, `create priorityclass` and `autoscale`.
public final class ServiceMessages {
    private static final Field PORTS = new Field(
            "ports",
            Shape.MESSAGES,
            Map.of(
                    1, text("name"),
                    2, text("protocol"),
                    3, number("port"),
                    4, Field.of("targetPort", Shape.INT_OR_TEXT),
                    5, Field.of("nodePort", Shape.COUNT),
                    6, text("appProtocol")));

    private static final Field SERVICE_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1, PORTS,
                    2, Field.of("selector", Shape.TEXT_MAP),
                    3, text("clusterIP"),
                    4, text("type"),
                    5, Field.of("externalIPs", Shape.TEXTS),
                    7, text("sessionAffinity"),
                    8, text("loadBalancerIP"),
                    10, text("externalName"),
                    11, text("externalTrafficPolicy"),
                    18, Field.of("clusterIPs", Shape.TEXTS)));

    private static final Field TARGET = new Field(
            "target",
            Shape.MESSAGE,
            Map.of(
                    1, text("type"),
                    2, Field.of("value", Shape.QUANTITY),
                    3, Field.of("averageValue", Shape.QUANTITY),
                    4, number("averageUtilization")));

    private static final Field METRICS = new Field(
            "metrics",
            Shape.MESSAGES,
            Map.of(1, text("type"), 4, new Field("resource", Shape.MESSAGE, Map.of(1, text("name"), 2, TARGET))));

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
                    number("minReplicas"),
                    3,
                    number("maxReplicas"),
                    4,
                    METRICS));

    private static final Map<List<String>, Map<Integer, Field>> KINDS = Map.of(
            List.of("v1", "Service"),
            Map.of(1, META, 2, SERVICE_SPEC),
            List.of("scheduling.k8s.io/v1", "PriorityClass"),
            Map.of(
                    1, META,
                    2, number("value"),
                    3, Field.of("globalDefault", Shape.SET),
                    4, text("description"),
                    5, text("preemptionPolicy")),
            List.of("autoscaling/v2", "HorizontalPodAutoscaler"),
            Map.of(1, META, 2, AUTOSCALER_SPEC));

    private ServiceMessages() {}

    private static Field number(String name) {
        return Field.of(name, Shape.NUMBER);
    }

    /// The fields of a kind in a version, of any of the tables; null where none knows it.
    static @org.jspecify.annotations.Nullable Map<Integer, Field> of(String apiVersion, String kind) {
        Map<Integer, Field> here = KINDS.get(List.of(apiVersion, kind));
        return here == null ? MoreMessages.of(kind) : here;
    }
}
