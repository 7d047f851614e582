package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.Caller.Kind;
import io.driftless.cluster.ConnectionRules;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.settings.LabelledSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Clusters that are deployed to: declared in Secrets, and the control plane's own. Whether they answer is what the
/// pipeline has seen of them.
final class ClusterMethods {
    private static final String SERVICE = "cluster.ClusterService/";
    private static final String RESOURCE = "clusters";
    private static final String OWN = "https://kubernetes.default.svc";
    private static final String TYPE = "cluster";
    private final ControlSecrets control;
    private final LabelledSecrets secrets;
    private final ClusterSightings sightings;
    private final ApplicationCache applications;
    private final Security security;
    private final ClusterRotation rotation;

    ClusterMethods(
            ControlSecrets control,
            ClusterRotation rotation,
            LabelledSecrets secrets,
            ClusterSightings sightings,
            ApplicationCache applications,
            Security security) {
        this.control = control;
        this.rotation = rotation;
        this.secrets = secrets;
        this.sightings = sightings;
        this.applications = applications;
        this.security = security;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", (call, request) -> complete(named(call, "get", request)))
                .unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Update", this::update)
                .unary(SERVICE + "Delete", this::delete)
                .unary(SERVICE + "RotateAuth", this::rotate)
                .unary(SERVICE + "InvalidateCache", (call, request) -> complete(named(call, "update", request)));
    }

    private List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        secrets.ofType(TYPE).forEach(secret -> all.add(ClusterDocuments.shown(secret)));
        boolean declared =
                all.stream().anyMatch(cluster -> cluster.path("server").asText().equals(OWN));
        if (!declared && security.settings().flag("cluster.inClusterEnabled", true)) {
            ObjectNode own = JsonNodeFactory.instance.objectNode();
            own.put("server", OWN).put("name", "in-cluster");
            own.putObject("config").putObject("tlsClientConfig").put("insecure", false);
            all.add(own);
        }
        return all;
    }

    private JsonNode list(Call call, ObjectNode request) {
        ClusterQuery query = ClusterQuery.of(request);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        Map<String, Long> used = applicationsByServer();
        all().stream()
                .filter(query::matches)
                .filter(cluster -> security.rbac().allows(call.caller(), RESOURCE, "get", object(cluster)))
                .forEach(cluster -> {
                    sightings.addTo(cluster, used);
                    items.add(cluster);
                });
        return list;
    }

    private ObjectNode complete(ObjectNode cluster) {
        sightings.addTo(cluster, applicationsByServer());
        return cluster;
    }

    private Map<String, Long> applicationsByServer() {
        return applications.index().all().values().stream()
                .collect(
                        Collectors.groupingBy(application -> application.facts().server(), Collectors.counting()));
    }

    /// The cluster of the request, if the caller may do `action` to it; one that he may not see is
    /// answered like one that does not exist.
    private ObjectNode named(Call call, String action, ObjectNode request) {
        ClusterQuery query = ClusterQuery.ofOne(request);
        Optional<ObjectNode> found = all().stream()
                .filter(cluster -> !query.empty() && query.matches(cluster))
                .filter(cluster -> security.rbac().allows(call.caller(), RESOURCE, action, object(cluster)))
                .findFirst();
        return found.orElseThrow(() -> call.caller().kind() == Kind.UNRESTRICTED
                ? missing(query.toString())
                : HttpFailure.forbidden("permission denied"));
    }

    private JsonNode create(Call call, ObjectNode request) {
        JsonNode sent = request.path("cluster");
        String server = ClusterDocuments.trimmed(sent.path("server").asText(""));
        checked(call, server, sent);
        String project = sent.path("project").asText("");
        security.rbac().require(call.caller(), RESOURCE, "create", object(server, project));
        ObjectNode secret = control.fresh(SecretNames.cluster(server), TYPE);
        ClusterDocuments.write(secret, sent, List.of());
        Optional<JsonNode> existing = find(server);
        if (existing.isEmpty()) {
            return complete(control.create(secret)
                    .map(ClusterDocuments::shown)
                    .orElseThrow(
                            () -> HttpFailure.conflict("a Secret of this name exists and declares something else")));
        }
        security.rbac().require(call.caller(), RESOURCE, "update", object(ClusterDocuments.shown(existing.get())));
        if (existing.get().path("data").equals(secret.path("data"))) {
            return complete(ClusterDocuments.shown(existing.get()));
        }
        if (!request.path("upsert").asBoolean()) {
            throw HttpFailure.invalid("existing cluster spec is different, use upsert flag to force update");
        }
        return changed(existing.get(), sent, List.of());
    }

    private static void checked(Call call, String server, JsonNode sent) {
        try {
            new ClusterDeclared(server, server, "", List.of());
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("field cluster.server is missing or no URL");
        }
        if (!server.startsWith("https://") && !server.startsWith("http://")) {
            throw HttpFailure.invalid("field cluster.server must be a URL with https://");
        }
        ClusterAddress.check(server);
        ConnectionRules.fault(sent.path("config")).ifPresent(fault -> {
            SecurityLog.tell(
                    SecurityEvent.CLUSTER_REFUSED,
                    fault,
                    "server",
                    server,
                    "account",
                    call.caller().name(),
                    "from",
                    call.from());
            throw HttpFailure.invalid("field cluster.config: " + fault);
        });
        if (sent.path("config").hasNonNull("awsAuthConfig")) {
            throw HttpFailure.unsupported("a cluster with awsAuthConfig");
        }
    }

    private JsonNode update(Call call, ObjectNode request) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        JsonNode sent = request.path("cluster");
        query.set("id", request.path("id"));
        if (!request.path("id").path("value").isTextual()) {
            query.put("server", sent.path("server").asText(""));
        }
        ObjectNode known = named(call, "update", query);
        List<String> fields = new ArrayList<>();
        request.path("updatedFields").forEach(field -> fields.add(field.asText()));
        checked(call, known.path("server").asText(), sent);
        String project = fields.isEmpty() || fields.contains("project")
                ? sent.path("project").asText("")
                : known.path("project").asText("");
        security.rbac()
                .require(
                        call.caller(),
                        RESOURCE,
                        "update",
                        object(known.path("server").asText(), project));
        JsonNode secret = find(known.path("server").asText())
                .orElseThrow(() -> HttpFailure.unsupported("changing the cluster that Driftless itself runs in"));
        ObjectNode wanted = sent.deepCopy();
        return changed(secret, wanted.put("server", known.path("server").asText()), fields);
    }

    private JsonNode changed(JsonNode secret, JsonNode sent, List<String> fields) {
        return complete(ClusterDocuments.shown(control.change(
                secret,
                current -> {
                    ClusterDocuments.write(current, sent, fields);
                    return current;
                },
                missing(ClusterDocuments.server(secret)))));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        String server = named(call, "delete", request).path("server").asText();
        control.delete(
                find(server)
                        .orElseThrow(() -> HttpFailure.precondition(
                                "the cluster that Driftless itself runs in cannot be removed")),
                missing(server));
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode rotate(Call call, ObjectNode request) {
        String server = named(call, "update", request).path("server").asText();
        rotation.rotate(
                find(server)
                        .orElseThrow(
                                () -> HttpFailure.precondition(
                                        "the cluster that Driftless itself runs in is reached with the credentials of its Pod")),
                missing(server));
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<JsonNode> find(String server) {
        return secrets.ofType(TYPE).stream()
                .filter(secret -> ClusterDocuments.server(secret).equals(server))
                .findFirst();
    }

    private static String object(JsonNode cluster) {
        return object(cluster.path("server").asText(), cluster.path("project").asText(""));
    }

    private static String object(String server, String project) {
        return project.isEmpty() ? server : project + '/' + server;
    }

    private static HttpFailure missing(String cluster) {
        return HttpFailure.notFound("cluster \"" + cluster + "\" not found");
    }
}
