package io.driftless.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.contract.RandomKind.Change;
import java.util.List;
import java.util.Random;

/// Requests about one object, in the order of a seed: made, changed in every way there is, listed and deleted.
final class RandomRequests {
    private static final List<Change> METADATA = metadata();
    private static final List<String> OPTIONS = List.of(
            "",
            "",
            "",
            "fieldManager=one",
            "fieldManager=two",
            "dryRun=All",
            "dryRun=Some",
            "fieldValidation=Strict",
            "fieldValidation=Warn",
            "fieldValidation=Ignore",
            "fieldValidation=Some",
            "fieldManager=one&dryRun=All&fieldValidation=Strict");
    private static final List<String> QUERIES = List.of(
            "labelSelector=a%3Db",
            "labelSelector=a%21%3Db",
            "labelSelector=a+in+(b,c)",
            "labelSelector=a",
            "labelSelector=%21a",
            "labelSelector=a+in+b",
            "labelSelector=a%3D%3D%3Db",
            "labelSelector=a+gt+1",
            "fieldSelector=metadata.name%3Do",
            "fieldSelector=metadata.name%21%3Do",
            "fieldSelector=spec.some%3Dx",
            "fieldSelector=metadata.name",
            "limit=1",
            "limit=x",
            "limit=-1",
            "resourceVersion=0",
            "resourceVersion=x",
            "resourceVersionMatch=Exact",
            "resourceVersion=0&resourceVersionMatch=Exact",
            "resourceVersionMatch=Some&resourceVersion=1",
            "sendInitialEvents=true");
    private final Random random;
    private final RandomKind kind;
    private final String object;

    /// A request; `@fresh`, `@stale` and `@uid` in its body stand for what the server said of the object.
    record Asked(String method, String path, String type, String body) {
        @Override
        public String toString() {
            return method + " " + path + (type.isEmpty() ? "" : " (" + type + ")") + (body.isEmpty() ? "" : " " + body);
        }
    }

    RandomRequests(Random random, RandomKind kind, String name) {
        this.random = random;
        this.kind = kind;
        this.object = kind.path() + "/" + name;
    }

    private static List<Change> metadata() {
        return RandomKind.changes(Api.yaml("""
                /metadata/labels/a: [b, c, "a b", null]
                /metadata/labels/bad key: [v]
                /metadata/labels: [null, {}, {x: z}]
                /metadata/annotations/n: [m, "o p", null]
                /metadata/annotations/bad key: [v]
                /metadata/finalizers: [[example.com/held], [held], null, [example.com/held, example.com/other], []]
                /metadata/ownerReferences: [[{apiVersion: v1, kind: ConfigMap, name: a, uid: u, controller: true}, {apiVersion: v1, kind: ConfigMap, name: b, uid: w, controller: true}]]
                /metadata/namespace: [other]
                /metadata/name: [other, Bad_Name]
                /metadata/resourceVersion: ["1", x, "0"]
                /metadata/creationTimestamp: ["2020-01-01T00:00:00Z"]
                /metadata/managedFields: [[], [{}], [{manager: m, operation: Update, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {}}]]
                /metadata/odd: [1]
                /odd: [1, {a: b}]
                """));
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Change change() {
        return once(4) || kind.changes().isEmpty() ? one(METADATA) : one(kind.changes());
    }

    private ObjectNode body(int changes) {
        ObjectNode body = kind.object().deepCopy();
        body.withObject("/metadata").put("name", object.substring(object.lastIndexOf('/') + 1));
        for (int i = 0; i < changes; i++) {
            change().in(body);
        }
        return body;
    }

    private String options() {
        String options = one(OPTIONS);
        return options.isEmpty() ? "" : "?" + options;
    }

    /// The first one of all.
    Asked create() {
        return new Asked(
                "POST",
                kind.path() + options(),
                "application/json",
                body(random.nextInt(3)).toString());
    }

    Asked makeForCertain() {
        return new Asked("POST", kind.path(), "application/json", body(0).toString());
    }

    Asked next() {
        return switch (random.nextInt(16)) {
            case 0 -> create();
            case 1, 2, 3 -> put();
            case 4, 5 -> operations();
            case 6, 7 -> patch("application/merge-patch+json");
            case 8, 9 ->
                patch(
                        kind.resource().equals("widgets")
                                ? "application/merge-patch+json"
                                : "application/strategic-merge-patch+json");
            case 10, 11, 12 -> apply();
            case 13 -> subresource();
            case 14 -> new Asked("GET", once(3) ? object : kind.path() + "?" + one(QUERIES), "", "");
            default -> delete();
        };
    }

    private Asked put() {
        ObjectNode body = body(random.nextInt(3));
        String version = one(List.of("", "@fresh", "@fresh", "@stale"));
        if (!version.isEmpty() && body.at("/metadata/resourceVersion").isMissingNode()) {
            body.withObject("/metadata").put("resourceVersion", version);
        }
        if (once(8)) {
            body.withObject("/metadata").put("uid", "@uid");
        }
        return new Asked("PUT", object + options(), "application/json", body.toString());
    }

    private Asked operations() {
        ArrayNode operations = Api.JSON.createArrayNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Change change = change();
            String op = change.value().isNull()
                    ? "remove"
                    : one(List.of("add", "add", "add", "replace", "replace", "test", "remove", "some"));
            ObjectNode operation = operations.addObject().put("op", op).put("path", change.pointer());
            if (!op.equals("remove")) {
                operation.set("value", change.value());
            }
        }
        return new Asked("PATCH", object + options(), "application/json-patch+json", operations.toString());
    }

    private Asked patch(String type) {
        ObjectNode patch = Api.JSON.createObjectNode();
        for (int i = random.nextInt(2); i >= 0; i--) {
            sparse(patch, change());
        }
        return new Asked("PATCH", object + options(), type, patch.toString());
    }

    /// As little as says the change: members on the way, a list as a whole.
    private void sparse(ObjectNode patch, Change change) {
        List<String> segments = change.segments();
        ObjectNode at = patch;
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            pointer.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
            boolean list =
                    i + 1 < segments.size() && segments.get(i + 1).chars().allMatch(Character::isDigit);
            if (list) {
                ObjectNode whole = body(0);
                change.in(whole);
                at.set(segment, whole.at(pointer.toString()));
                return;
            }
            if (i == segments.size() - 1) {
                at.set(segment, change.value().isNull() ? NullNode.getInstance() : change.value());
            } else {
                JsonNode below = at.path(segment);
                at = below instanceof ObjectNode fields ? fields : at.putObject(segment);
            }
        }
    }

    private Asked apply() {
        ObjectNode body = body(random.nextInt(3));
        if (once(3)) {
            body.remove(List.of("spec", "data", "rules", "template"));
            if (once(2)) {
                change().in(body);
            }
        }
        String options = one(List.of(
                "fieldManager=one",
                "fieldManager=one",
                "fieldManager=two",
                "fieldManager=two&force=true",
                "fieldManager=three&force=true",
                "fieldManager=two&dryRun=All",
                "fieldManager=three&force=true&dryRun=All",
                "",
                "force=true",
                "fieldManager=one&fieldValidation=Ignore"));
        return new Asked("PATCH", object + "?" + options, "application/apply-patch+yaml", body.toString());
    }

    private Asked subresource() {
        if (kind.has("scale") && once(2)) {
            String scale = object + "/scale";
            return switch (random.nextInt(4)) {
                case 0 -> new Asked("GET", scale, "", "");
                case 1 ->
                    new Asked(
                            "PATCH",
                            scale + options(),
                            "application/merge-patch+json",
                            one(List.of(
                                    "{\"spec\":{\"replicas\":0}}",
                                    "{\"spec\":{\"replicas\":-1}}",
                                    "{\"spec\":{\"replicas\":\"x\"}}")));
                default ->
                    new Asked(
                            "PUT",
                            scale,
                            "application/json",
                            one(List.of(
                                    "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"o\"},\"spec\":{\"replicas\":0}}",
                                    "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"o\",\"resourceVersion\":\"1\"},\"spec\":{\"replicas\":0}}",
                                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"replicas\":0}}",
                                    "{\"metadata\":{\"name\":\"o\"},\"spec\":{\"replicas\":-2}}",
                                    "{\"metadata\":{\"name\":\"o\"}}")));
            };
        }
        if (kind.has("status")) {
            Asked asked = switch (random.nextInt(4)) {
                case 0 -> put();
                case 1 -> patch("application/merge-patch+json");
                case 2 -> apply();
                default -> operations();
            };
            return new Asked(
                    asked.method(), asked.path().replaceFirst("/o(?=$|\\?)", "/o/status"), asked.type(), asked.body());
        }
        return new Asked(one(List.of("GET", "PUT", "DELETE")), object + "/some", "application/json", "{}");
    }

    private Asked delete() {
        String options = one(List.of(
                "{}",
                "{\"preconditions\":{\"uid\":\"@uid\"}}",
                "{\"preconditions\":{\"uid\":\"11111111-1111-1111-1111-111111111111\"}}",
                "{\"preconditions\":{\"resourceVersion\":\"1\"}}",
                "{\"propagationPolicy\":\"Background\"}",
                "{\"propagationPolicy\":\"Some\"}",
                "{\"propagationPolicy\":\"Background\",\"orphanDependents\":true}",
                "{\"gracePeriodSeconds\":0}",
                "{\"gracePeriodSeconds\":-1}",
                "{\"dryRun\":[\"All\"]}",
                "{\"dryRun\":[\"Some\"]}",
                "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"odd\":1}",
                "{\"kind\":\"Other\",\"apiVersion\":\"v1\"}",
                ""));
        return new Asked("DELETE", object, options.isEmpty() ? "" : "application/json", options);
    }
}
