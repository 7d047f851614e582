package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.ApplicationPages.Page;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Await;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.rpc.Outlet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lists, gets and watches the Application resources, as far as the caller may see them; with
/// `refresh` one is looked at anew first.
final class ApplicationReadMethods {
    private static final String SERVICE = "application.ApplicationService/";
    /// So many are listed without a thread of their own.
    private static final int FEW = 100;

    private final ApplicationCache cache;
    private final ApplicationAccess access;
    private final Refresher refresher;
    private final ApplicationViews views;
    private final StreamSlots slots;
    private final ApiConfig config;
    private final String home;

    ApplicationReadMethods(
            ApplicationCache cache,
            ApplicationAccess access,
            Refresher refresher,
            ApplicationViews views,
            StreamSlots slots,
            ApiConfig config) {
        this.config = config;
        this.home = config.namespace();
        this.cache = cache;
        this.access = access;
        this.refresher = refresher;
        this.views = views;
        this.slots = slots;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "List", this::list)
                .atOnce(SERVICE + "List", this::shortList)
                .unary(SERVICE + "Get", this::get)
                .atOnce(SERVICE + "Get", this::held)
                .streaming(SERVICE + "Watch", this::watch);
    }

    private JsonNode list(Call call, ObjectNode request) {
        Predicate<HeldApplication> wanted = ApplicationQuery.filter(request);
        ApplicationPages pages = ApplicationPages.of(request);
        if (!cache.complete()) {
            throw HttpFailure.unavailable("the Applications have not been read yet; try again");
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", cache.resourceVersion());
        Page page = pages.page(
                ApplicationQuery.candidates(request, cache.index(), home),
                wanted.and(application -> access.allows(call.caller(), "get", application)));
        if (!page.more().isEmpty()) {
            metadata.put("continue", page.more());
        }
        ArrayNode items = list.putArray("items");
        page.items().forEach(application -> items.add(views.of(application)));
        return list;
    }

    /// A list out of few Applications that are written already.
    private @Nullable JsonNode shortList(Call call, ObjectNode request) {
        int few = 0;
        for (HeldApplication application :
                ApplicationQuery.candidates(request, cache.index(), home).values()) {
            if (++few > FEW || application.view() == null) {
                return null;
            }
        }
        return list(call, request);
    }

    /// What the cache holds, for those who do not ask for a refresh.
    private @Nullable JsonNode held(Call call, ObjectNode request) {
        return request.path("refresh").asText("").isEmpty() ? views.whole(access.held(call, "get", request)) : null;
    }

    private JsonNode get(Call call, ObjectNode request) {
        HeldApplication application = access.held(call, "get", request);
        Await.on(refresher.refresh(
                call.vertx(),
                application,
                request.path("refresh").asText(""),
                call.caller().name()));
        return views.whole(access.held(call, "get", request));
    }

    /// Begins with all of them unless a resourceVersion is given. Who watches a single Application
    /// is always told of its state first: he waits for something that may have come to pass between
    /// his look and his watch.
    private void watch(Call call, ObjectNode request, Outlet outlet) {
        Predicate<HeldApplication> wanted =
                ApplicationQuery.filter(request).and(application -> access.allows(call.caller(), "get", application));
        slots.take(outlet);
        boolean single = !request.path("name").asText("").isEmpty();
        boolean withState = single || request.path("resourceVersion").asText("").isEmpty();
        new ApplicationClient(call, cache, wanted, single ? views::whole : views::of, outlet, config)
                .begin(
                        withState
                                ? ApplicationQuery.candidates(request, cache.index(), home)
                                        .values()
                                        .iterator()
                                : List.<HeldApplication>of().iterator());
    }
}
