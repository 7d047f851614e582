package io.driftless.sandbox.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A refusal, sent as `metav1.Status`.
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final transient ObjectNode status;

    private ApiError(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        status.put("code", code);
    }

    /// The code of HTTP.
    public int code() {
        return code;
    }

    /// The `Status` that tells it; part of this error.
    public ObjectNode status() {
        return status;
    }

    /// A refusal with details that are given.
    public static ApiError detailed(int code, String reason, String message, ObjectNode details) {
        return new ApiError(code, reason, message, details);
    }

    /// A refusal without details; a reason may be empty.
    public static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message, Json.object());
    }

    /// One that is not about an object; its details are there, and empty.
    public static ApiError general(int code, String reason, String message) {
        ApiError error = of(code, reason, message);
        int number = error.status.path("code").asInt();
        error.status.remove("code");
        error.status.putObject("details");
        error.status.put("code", number);
        return error;
    }

    /// 405.
    public static ApiError methodNotAllowed() {
        return general(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    /// 400.
    public static ApiError badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    /// 404 for a path that nothing serves.
    public static ApiError noSuchPath() {
        return general(404, "NotFound", "the server could not find the requested resource");
    }

    /// 404 for an object.
    public static ApiError notFound(String plural, String group, String name) {
        return new ApiError(
                404, "NotFound", qualified(plural, group, name) + " not found", details(plural, group, name));
    }

    /// 409 for a name that is taken.
    ///
    /// @param leaving whether the one that has it is being deleted
    public static ApiError alreadyExists(ResourceType type, String name, boolean leaving) {
        return new ApiError(
                409,
                "AlreadyExists",
                (leaving ? "object is being deleted: " : "") + qualified(type.plural(), type.group(), name)
                        + " already exists",
                details(type.plural(), type.group(), name));
    }

    /// 409 for a version that is no longer the present one.
    public static ApiError modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /// An update that is meant for an object of another `uid` than there is; empty where there is none.
    public static ApiError otherUid(ResourceType type, String namespace, String name, String meant, String there) {
        return conflict(
                type,
                name,
                "StorageError: invalid object, Code: 4, Key: " + StorageKeys.of(type, namespace, name)
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: " + meant
                        + ", UID in object meta: " + there);
    }

    /// 409 for what cannot be done to an object as it is.
    public static ApiError conflict(ResourceType type, String name, String why) {
        return conflict(type.plural(), type.group(), name, why);
    }

    /// 409 for what cannot be done to an object as it is.
    public static ApiError conflict(String plural, String group, String name, String why) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified(plural, group, name) + ": " + why,
                details(plural, group, name));
    }

    /// 403 for an object.
    public static ApiError forbidden(ResourceType type, String name, String why) {
        return forbidden(type.plural(), type.group(), name, why);
    }

    /// `name` is empty where no object is named.
    public static ApiError forbidden(String plural, String group, String name, String why) {
        ObjectNode details = details(plural, group, name);
        String what = group.isEmpty() ? plural : plural + "." + group;
        if (name.isEmpty()) {
            details.remove("name");
        } else {
            what = qualified(plural, group, name);
        }
        return new ApiError(403, "Forbidden", what + " is forbidden: " + why, details);
    }

    /// 422 for one field, in words that are given whole.
    public static ApiError invalid(ResourceType type, String name, String field, String problem) {
        return invalid(type.group(), type.kind(), name, List.of(Violation.worded(field, problem)));
    }

    /// An option of a request that is none.
    public static ApiError option(HttpServerRequest request, String field, String problem) {
        String kind = switch (request.method().name()) {
            case "POST" -> "CreateOptions";
            case "PUT" -> "UpdateOptions";
            case "PATCH" -> "PatchOptions";
            default -> "DeleteOptions";
        };
        return invalid("meta.k8s.io", kind, "", List.of(Violation.worded(field, problem)));
    }

    /// `apps/v1, Kind=Deployment`, with the slash also where there is no group.
    public static String kind(String apiVersion, String kind) {
        return (apiVersion.contains("/") ? "" : "/") + apiVersion + ", Kind=" + kind;
    }

    /// Refuses an object that something is wrong with; all of it is told at once.
    public static void refuse(ResourceType type, String name, List<Violation> wrong) {
        if (!wrong.isEmpty()) {
            throw invalid(type.group(), type.kind(), name, wrong);
        }
    }

    /// 422 for all that is wrong with an object.
    public static ApiError invalid(String group, String kind, String name, List<Violation> wrong) {
        ObjectNode details = details(kind, group, name);
        ArrayNode causes = details.putArray("causes");
        Set<String> all = new LinkedHashSet<>();
        for (Violation one : wrong) {
            causes.addObject()
                    .put("reason", one.reason())
                    .put("message", one.message())
                    .put("field", one.field());
            all.add(one.field() + ": " + one.message());
        }
        String said = String.join(", ", all);
        return new ApiError(
                422,
                "Invalid",
                qualified(kind, group, name) + " is invalid: " + (all.size() == 1 ? said : "[" + said + "]"),
                details);
    }

    /// New content for a namespace that is going.
    public static ApiError terminating(ResourceType type, String name, String namespace) {
        ObjectNode details = details(type.plural(), type.group(), name);
        details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace " + namespace + " is being terminated")
                .put("field", "metadata.namespace");
        return new ApiError(
                403,
                "Forbidden",
                qualified(type.plural(), type.group(), name)
                        + " is forbidden: unable to create new content in namespace " + namespace
                        + " because it is being terminated",
                details);
    }

    /// A pod that may not go now.
    ///
    /// @param retryAfterSeconds 0 where nobody knows when it may
    public static ApiError budget(String why, int retryAfterSeconds) {
        ObjectNode details = Json.object();
        details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", why);
        if (retryAfterSeconds > 0) {
            details.put("retryAfterSeconds", retryAfterSeconds);
        }
        return new ApiError(
                429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }

    private static String qualified(String plural, String group, String name) {
        return (group.isEmpty() ? plural : plural + "." + group) + " \"" + name + "\"";
    }

    private static ObjectNode details(String kind, String group, String name) {
        ObjectNode out = Json.object();
        text(out, "name", name);
        text(out, "group", group);
        text(out, "kind", kind);
        return out;
    }

    private static void text(ObjectNode out, String field, String text) {
        if (!text.isEmpty()) {
            out.put(field, text);
        }
    }
}
