package io.driftless.sandbox.protobuf;

import io.driftless.sandbox.protobuf.ProtobufMessages.Field;
import io.driftless.sandbox.protobuf.ProtobufMessages.Shape;
import java.util.Map;

/// What `kubectl auth …`, `kubectl create token` and `kubectl create role …` send as protobuf.
public final class AccessMessages {
    private static final Field META = ProtobufMessages.META;
    private static final Field RULES = new Field(
            "rules",
            Shape.MESSAGES,
            Map.of(
                    1, texts("verbs"),
                    2, texts("apiGroups"),
                    3, texts("resources"),
                    4, texts("resourceNames"),
                    5, texts("nonResourceURLs")));
    private static final Map<Integer, Field> BINDING = Map.of(
            1,
            META,
            2,
            new Field(
                    "subjects",
                    Shape.MESSAGES,
                    Map.of(1, text("kind"), 2, text("apiGroup"), 3, text("name"), 4, text("namespace"))),
            3,
            new Field("roleRef", Shape.MESSAGE, Map.of(1, text("apiGroup"), 2, text("kind"), 3, text("name"))));
    private static final Field ATTRIBUTES = new Field(
            "resourceAttributes",
            Shape.MESSAGE,
            Map.of(
                    1, text("namespace"),
                    2, text("verb"),
                    3, text("group"),
                    4, text("version"),
                    5, text("resource"),
                    6, text("subresource"),
                    7, text("name")));
    private static final Field URL =
            new Field("nonResourceAttributes", Shape.MESSAGE, Map.of(1, text("path"), 2, text("verb")));
    private static final Field BOUND = new Field(
            "boundObjectRef",
            Shape.MESSAGE,
            Map.of(1, text("kind"), 2, text("apiVersion"), 3, text("name"), 4, text("uid")));

    static final Map<String, Map<Integer, Field>> KINDS = Map.of(
            "Role",
            Map.of(1, META, 2, RULES),
            "ClusterRole",
            Map.of(1, META, 2, RULES),
            "RoleBinding",
            BINDING,
            "ClusterRoleBinding",
            BINDING,
            "SelfSubjectReview",
            Map.of(1, META),
            "SelfSubjectAccessReview",
            Map.of(1, META, 2, spec(Map.of(1, ATTRIBUTES, 2, URL))),
            "SelfSubjectRulesReview",
            Map.of(1, META, 2, spec(Map.of(1, text("namespace")))),
            "TokenRequest",
            Map.of(
                    1,
                    META,
                    2,
                    spec(Map.of(1, texts("audiences"), 3, BOUND, 4, Field.of("expirationSeconds", Shape.NUMBER)))));

    private AccessMessages() {}

    private static Field spec(Map<Integer, Field> fields) {
        return new Field("spec", Shape.MESSAGE, fields);
    }

    private static Field text(String name) {
        return Field.of(name, Shape.TEXT);
    }

    private static Field texts(String name) {
        return Field.of(name, Shape.TEXTS);
    }
}
