package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Creates, changes and deletes Application resources. What an Application becomes must be allowed as well as what it
/// was.
final class ApplicationWriteMethods {
    private static final String SERVICE = "application.ApplicationService/";
    private static final Set<String> PROPAGATIONS = Set.of("foreground", "background", "orphan");
    private final Applications applications;
    private final ApplicationAccess access;
    private final ProjectPermits permits;
    private final SourceCheck sources;
    private final WriteArrival arrival;
    private final String home;

    ApplicationWriteMethods(
            Applications applications,
            ApplicationAccess access,
            ProjectPermits permits,
            SourceCheck sources,
            WriteArrival arrival,
            String home) {
        this.applications = applications;
        this.access = access;
        this.permits = permits;
        this.sources = sources;
        this.arrival = arrival;
        this.home = home;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "Create", this::create)
                .unary(SERVICE + "Update", this::replace)
                .unary(SERVICE + "UpdateSpec", this::replaceSpec)
                .unary(SERVICE + "Patch", this::patch)
                .unary(SERVICE + "Delete", this::delete);
    }

    private JsonNode create(Call call, ObjectNode request) {
        ObjectNode application = ApplicationDocument.checked(document(request), home);
        access.require(call.caller(), "create", application);
        SpecCheck.check(access.known(application), application);
        permits.check(application);
        sources.check(request, access.known(application), application);
        boolean upsert = request.path("upsert").asBoolean();
        return clean(arrival.await(applications.create(application, upsert, existing -> {
            access.require(call.caller(), "update", existing);
            access.require(call.caller(), "update", application);
        })));
    }

    private JsonNode replace(Call call, ObjectNode request) {
        ObjectNode wanted = ApplicationDocument.checked(document(request), home);
        ApplicationName name = ApplicationCache.nameOf(wanted);
        ObjectNode metadata = request.withObjectProperty("application").withObjectProperty("metadata");
        if (!metadata.path("name").asText().equals(name.name())) {
            throw HttpFailure.invalid("the body names another Application than the path");
        }
        access.get(call.caller(), "update", name, request.path("project").asText(""));
        return changed(call, request, name, now -> {
            UnknownFields.keep(now.path("spec"), wanted.path("spec"));
            return Applications.replaced(now, wanted);
        });
    }

    private JsonNode replaceSpec(Call call, ObjectNode request) {
        ApplicationName name = ApplicationCache.nameOf(access.get(call, "update", request));
        JsonNode spec = request.path("spec");
        ApplicationDocument.checkSpec(spec);
        return changed(call, request, name, now -> {
                    UnknownFields.keep(now.path("spec"), spec);
                    return now.set("spec", spec);
                })
                .path("spec");
    }

    private JsonNode patch(Call call, ObjectNode request) {
        ApplicationName name = ApplicationCache.nameOf(access.get(call, "update", request));
        String type = request.path("patchType").asText("");
        String text = request.path("patch").asText("");
        UnaryOperator<ObjectNode> edit = switch (type) {
            case "merge", "" -> {
                ObjectNode patch = ApplicationDocument.patch(text);
                yield now -> {
                    ApplicationDocument.merge(now, patch);
                    return now;
                };
            }
            case "json" -> now -> JsonPatch.applied(now, text);
            default -> throw HttpFailure.invalid("patchType must be merge or json");
        };
        return changed(call, request, name, now -> {
            ObjectNode after = edit.apply(now.deepCopy());
            ApplicationDocument.checkSpec(after.path("spec"));
            if (!ApplicationCache.nameOf(after).equals(name)) {
                throw HttpFailure.invalid("a patch must not change the name or the namespace");
            }
            return Applications.replaced(now, after);
        });
    }

    private JsonNode changed(Call call, ObjectNode request, ApplicationName name, UnaryOperator<ObjectNode> edit) {
        return clean(arrival.await(applications.change(name, now -> {
            access.require(call.caller(), "update", now);
            JsonNode before = now.deepCopy();
            ObjectNode after = edit.apply(now);
            access.require(call.caller(), "update", after);
            SpecCheck.check(before, after);
            permits.check(after);
            sources.check(request, before, after);
            return after;
        })));
    }

    private JsonNode delete(Call call, ObjectNode request) {
        ApplicationName name = ApplicationCache.nameOf(access.get(call, "delete", request));
        String asked = request.path("propagationPolicy").asText("");
        String propagation = asked.isEmpty() ? "foreground" : asked;
        if (!PROPAGATIONS.contains(propagation)) {
            throw HttpFailure.invalid("propagationPolicy must be foreground, background or orphan");
        }
        applications.delete(name, request.path("cascade").asBoolean(true), propagation);
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode document(ObjectNode request) {
        return request.path("application") instanceof ObjectNode document
                ? document
                : JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode clean(JsonNode document) {
        if (document.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return document;
    }
}
