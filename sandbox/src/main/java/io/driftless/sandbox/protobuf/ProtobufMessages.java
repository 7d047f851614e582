package io.driftless.sandbox.protobuf;

import java.util.Map;

/// The messages that `kubectl create …` sends: their fields by number, as far as these commands fill them.
public final class ProtobufMessages {
    private ProtobufMessages() {}

    enum Shape {
        TEXT,
        BYTES,
        NUMBER,
        /// A number that is left out where it is 0: Go clients send it all the same.
        COUNT,
        FLAG,
        /// The same of what is true or left out.
        SET,
        TEXTS,
        TEXT_MAP,
        BYTES_MAP,
        QUANTITY,
        QUANTITY_MAP,
        INT_OR_TEXT,
        /// A message whose fields are those of what holds it.
        INLINE,
        MESSAGE,
        MESSAGES
    }

    record Field(String name, Shape shape, Map<Integer, Field> message) {
        static Field of(String name, Shape shape) {
            return new Field(name, shape, Map.of());
        }
    }

    static Field text(String name) {
        return Field.of(name, Shape.TEXT);
    }

    private static final Field OWNERS = new Field(
            "ownerReferences",
            Shape.MESSAGES,
            Map.of(
                    1, text("kind"),
                    3, text("name"),
                    4, text("uid"),
                    5, text("apiVersion"),
                    6, Field.of("controller", Shape.FLAG),
                    7, Field.of("blockOwnerDeletion", Shape.FLAG)));

    static final Field META = new Field(
            "metadata",
            Shape.MESSAGE,
            Map.of(
                    1, text("name"),
                    2, text("generateName"),
                    3, text("namespace"),
                    11, Field.of("labels", Shape.TEXT_MAP),
                    12, Field.of("annotations", Shape.TEXT_MAP),
                    13, OWNERS,
                    14, Field.of("finalizers", Shape.TEXTS)));

    private static final Field DEPLOYMENT_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1,
                    Field.of("replicas", Shape.NUMBER),
                    2,
                    new Field("selector", Shape.MESSAGE, Map.of(1, Field.of("matchLabels", Shape.TEXT_MAP))),
                    3,
                    PodMessages.TEMPLATE));

    private static final Field JOB_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1, Field.of("parallelism", Shape.NUMBER),
                    2, Field.of("completions", Shape.NUMBER),
                    3, Field.of("activeDeadlineSeconds", Shape.NUMBER),
                    6, PodMessages.TEMPLATE,
                    7, Field.of("backoffLimit", Shape.NUMBER),
                    8, Field.of("ttlSecondsAfterFinished", Shape.NUMBER)));

    private static final Field CRON_JOB_SPEC = new Field(
            "spec",
            Shape.MESSAGE,
            Map.of(
                    1,
                    text("schedule"),
                    3,
                    text("concurrencyPolicy"),
                    5,
                    new Field("jobTemplate", Shape.MESSAGE, Map.of(1, META, 2, JOB_SPEC))));

    static final Map<String, Map<Integer, Field>> KINDS = Map.of(
            "Namespace",
            Map.of(1, META),
            "ServiceAccount",
            Map.of(1, META),
            "ConfigMap",
            Map.of(
                    1,
                    META,
                    2,
                    Field.of("data", Shape.TEXT_MAP),
                    3,
                    Field.of("binaryData", Shape.BYTES_MAP),
                    4,
                    Field.of("immutable", Shape.FLAG)),
            "Secret",
            Map.of(
                    1,
                    META,
                    2,
                    Field.of("data", Shape.BYTES_MAP),
                    3,
                    text("type"),
                    4,
                    Field.of("stringData", Shape.TEXT_MAP),
                    5,
                    Field.of("immutable", Shape.FLAG)),
            "Deployment",
            Map.of(1, META, 2, DEPLOYMENT_SPEC),
            "Job",
            Map.of(1, META, 2, JOB_SPEC),
            "CronJob",
            Map.of(1, META, 2, CRON_JOB_SPEC));

    static final Map<Integer, Field> ENVELOPE = Map.of(
            1, new Field("type", Shape.MESSAGE, Map.of(1, text("apiVersion"), 2, text("kind"))),
            2, Field.of("raw", Shape.BYTES),
            3, text("contentEncoding"),
            4, text("contentType"));
}
