package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Await;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.rpc.Outlet;
import java.util.List;
import java.util.function.Predicate;

/// Lists, gets and watches the Application resources, as far as the caller may see them; with `refresh` one is looked
/// at
/// anew first.
final class ApplicationReadMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private final ApplicationCache cache;
    private final ApplicationAccess access;
    private final Refresher refresher;
    private final OperationOverlay overlay;
    private final ResourceHealth health;
    private final StreamSlots slots;
    private final String home;

    /// @param home the namespace of Applications that are named without one
    ApplicationReadMethods(
            ApplicationCache cache,
            ApplicationAccess access,
            Refresher refresher,
            OperationOverlay overlay,
            ResourceHealth health,
            StreamSlots slots,
            String home) {
        this.home = home;
        this.cache = cache;
        this.access = access;
        this.refresher = refresher;
        this.overlay = overlay;
        this.health = health;
        this.slots = slots;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .unary(SERVICE + "Get", this::get)
                .streaming(SERVICE + "Watch", this::watch);
    }

    private JsonNode list(Call call, ObjectNode request) {
        Predicate<JsonNode> wanted = ApplicationQuery.filter(request);
        if (!cache.complete()) {
            throw HttpFailure.unavailable("the Applications have not been read yet; try again");
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata").put("resourceVersion", cache.resourceVersion());
        ArrayNode items = list.putArray("items");
        ApplicationQuery.candidates(request, cache, home).stream()
                .filter(wanted)
                .filter(application -> access.allows(call.caller(), "get", application))
                .map(overlay::applied)
                .forEach(items::add);
        return list;
    }

    /// With how healthy each resource is, which costs a copy: not for those who look at all Applications.
    private ObjectNode whole(ObjectNode application) {
        return health.shown(overlay.applied(application));
    }

    private JsonNode get(Call call, ObjectNode request) {
        ObjectNode application = access.get(call, "get", request);
        String refresh = request.path("refresh").asText("");
        if (refresh.isEmpty()) {
            return whole(application);
        }
        ApplicationName name = ApplicationCache.nameOf(application);
        Await.on(refresher.refresh(call.vertx(), name, refresh, call.caller().name()));
        return whole(access.get(call, "get", request));
    }

    /// Begins with all of them unless a resourceVersion is given. Who watches a single Application is always told of
    /// its
    /// state first: he waits for something that may have come to pass between his look and his watch.
    private void watch(Call call, ObjectNode request, Outlet outlet) {
        Predicate<JsonNode> wanted =
                ApplicationQuery.filter(request).and(application -> access.allows(call.caller(), "get", application));
        slots.take(outlet);
        boolean single = !request.path("name").asText("").isEmpty();
        boolean withState = single || request.path("resourceVersion").asText("").isEmpty();
        new ApplicationClient(call, cache, wanted, single ? this::whole : overlay::applied, outlet)
                .begin(withState ? ApplicationQuery.candidates(request, cache, home) : List.of());
    }
}
