package io.driftless.sandbox.protobuf;

import static io.driftless.sandbox.protobuf.ProtobufMessages.META;
import static io.driftless.sandbox.protobuf.ProtobufMessages.text;

import io.driftless.sandbox.protobuf.ProtobufMessages.Field;
import io.driftless.sandbox.protobuf.ProtobufMessages.Shape;
import java.util.Map;

/// The templates of pods in the messages of `kubectl`, with what a server has filled in: a Job made of a CronJob has
/// that.
public final class PodMessages {
    private static final Field PORTS = new Field(
            "ports",
            Shape.MESSAGES,
            Map.of(1, text("name"), 3, Field.of("containerPort", Shape.NUMBER), 4, text("protocol")));

    private static final Field RESOURCES = new Field(
            "resources",
            Shape.MESSAGE,
            Map.of(1, Field.of("limits", Shape.QUANTITY_MAP), 2, Field.of("requests", Shape.QUANTITY_MAP)));

    private static final Field CONTAINER = new Field(
            "containers",
            Shape.MESSAGES,
            Map.ofEntries(
                    Map.entry(1, text("name")),
                    Map.entry(2, text("image")),
                    Map.entry(3, Field.of("command", Shape.TEXTS)),
                    Map.entry(4, Field.of("args", Shape.TEXTS)),
                    Map.entry(5, text("workingDir")),
                    Map.entry(6, PORTS),
                    Map.entry(7, new Field("env", Shape.MESSAGES, Map.of(1, text("name"), 2, text("value")))),
                    Map.entry(8, RESOURCES),
                    Map.entry(13, text("terminationMessagePath")),
                    Map.entry(14, text("imagePullPolicy")),
                    Map.entry(20, text("terminationMessagePolicy"))));

    private static final Field SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    2,
                    CONTAINER,
                    3,
                    text("restartPolicy"),
                    4,
                    Field.of("terminationGracePeriodSeconds", Shape.NUMBER),
                    6,
                    text("dnsPolicy"),
                    7,
                    Field.of("nodeSelector", Shape.TEXT_MAP),
                    8,
                    text("serviceAccountName"),
                    9,
                    text("serviceAccount"),
                    14,
                    Field.of("securityContext", Shape.MESSAGE),
                    19,
                    text("schedulerName")));

    static final Field TEMPLATE = new Field("template", Shape.MESSAGE, Map.of(1, META, 2, SPEC));

    private PodMessages() {}
}
