package io.driftless.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.SyncStatus;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Identity;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/applications/{name}/differences`: the fields that differ, one by one. Argo CD has nothing like it.
final class DifferenceRoutes {
    private final Security security;
    private final ApplicationAccess access;
    private final ReadModel model;
    private final String home;

    DifferenceRoutes(Security security, ApplicationAccess access, ReadModel model, String home) {
        this.security = security;
        this.access = access;
        this.model = model;
        this.home = home;
    }

    void mount(Router router) {
        router.get("/api/v1/applications/:name/differences").handler(this::differences);
    }

    private void differences(RoutingContext context) {
        Identity identity = security.identify(context.request());
        @Nullable HttpFailure refusal = security.refusal(identity);
        if (refusal != null) {
            throw refusal;
        }
        String namespace = context.queryParams().get("appNamespace");
        ApplicationName asked =
                ApplicationQuery.name(context.pathParam("name"), namespace == null ? "" : namespace, home);
        String name = ApplicationCache.nameOf(access.get(identity.caller(), "get", asked, ""))
                .toString();
        ApplicationCompared compared = model.drift(name)
                .orElseThrow(() -> HttpFailure.unavailable(
                        "application " + name + " has not been compared with its cluster yet; try again"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        compared.resources().stream()
                .filter(verdict -> verdict.status() != SyncStatus.SYNCED)
                .forEach(verdict -> items.add(ResourceDocuments.fields(verdict)));
        Answers.json(context, 200, answer);
    }
}
