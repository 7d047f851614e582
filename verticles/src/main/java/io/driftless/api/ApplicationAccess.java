package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.auth.Caller;
import io.driftless.auth.Caller.Kind;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Rbac;
import io.driftless.rpc.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the Application that a request is about, for those who may do to it what they want to do.
/// Nobody learns from the answer whether an Application exists that he may not see.
final class ApplicationAccess {
    static final String RESOURCE = "applications";
    private final ApplicationCache cache;
    private final Rbac rbac;
    private final String home;

    /// @param home the namespace of Applications that are named without one
    ApplicationAccess(ApplicationCache cache, Rbac rbac, String home) {
        this.cache = cache;
        this.rbac = rbac;
        this.home = home;
    }

    /// The Application of the request, if the caller may do `action` to it.
    ObjectNode get(Call call, String action, ObjectNode request) {
        return held(call, action, request).tree();
    }

    /// @param project which project the caller expects it in; empty when he does not say
    ObjectNode get(Caller caller, String action, ApplicationName name, String project) {
        return held(caller, action, name, project).tree();
    }

    /// The Application of the request as the cache holds it, if the caller may do `action` to it.
    HeldApplication held(Call call, String action, ObjectNode request) {
        return held(
                call.caller(),
                action,
                nameOf(request),
                request.path("project").isTextual() ? request.path("project").asText() : "");
    }

    private HeldApplication held(Caller caller, String action, ApplicationName name, String project) {
        if (!cache.complete()) {
            throw HttpFailure.unavailable("the Applications have not been read yet; try again");
        }
        if (!project.isEmpty()) {
            rbac.require(caller, RESOURCE, action, object(project, name));
        }
        Optional<HeldApplication> found = cache.get(name)
                .filter(application ->
                        project.isEmpty() || application.facts().project().equals(project));
        if (found.isEmpty()) {
            throw caller.kind() == Kind.UNRESTRICTED || !project.isEmpty()
                    ? HttpFailure.notFound("application " + name + " does not exist")
                    : denied(caller);
        }
        if (project.isEmpty() && !rbac.allows(caller, RESOURCE, action, object(found.get()))) {
            // Who may see it is told what he lacks, all others no more than of one that does not exist.
            if (rbac.allows(caller, RESOURCE, "get", object(found.get()))) {
                rbac.require(caller, RESOURCE, action, object(found.get()));
            }
            throw denied(caller);
        }
        return found.get();
    }

    /// The Application of this name as it is now; null when there is none. Nothing of it may be told.
    @Nullable
    JsonNode known(JsonNode application) {
        return cache.get(ApplicationCache.nameOf(application))
                .map(HeldApplication::tree)
                .orElse(null);
    }

    private static HttpFailure denied(Caller caller) {
        return caller.anonymous()
                ? HttpFailure.unauthenticated("no session information")
                : HttpFailure.forbidden("permission denied");
    }

    boolean allows(Caller caller, String action, HeldApplication application) {
        return rbac.allows(caller, RESOURCE, action, object(application));
    }

    /// Fails with [HttpFailure] 403 unless the caller may do this to an Application of this document.
    void require(Caller caller, String action, JsonNode application) {
        rbac.require(caller, RESOURCE, action, object(application));
    }

    /// The name that a request gives, in the field that its method has for it.
    ApplicationName nameOf(ObjectNode request) {
        String name = request.path("name").asText("");
        for (String field : new String[] {"applicationName", "appName"}) {
            if (request.has(field)) {
                name = request.path(field).asText("");
            }
        }
        return ApplicationQuery.name(name, request.path("appNamespace").asText(""), home);
    }

    /// How policies name it.
    String object(JsonNode application) {
        return object(project(application), ApplicationCache.nameOf(application));
    }

    private String object(HeldApplication application) {
        return object(application.facts().project(), application.name());
    }

    private String object(String project, ApplicationName name) {
        return name.namespace().equals(home)
                ? project + '/' + name.name()
                : project + '/' + name.namespace() + '/' + name.name();
    }

    static String project(JsonNode application) {
        String project = application.path("spec").path("project").asText();
        return project.isEmpty() ? "default" : project;
    }
}
