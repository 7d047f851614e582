package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/// Whether an answer can have the form that a client accepts. Some documents of discovery refuse in other words than
/// all the rest.
final class Acceptance {
    private static final String DOCUMENTS = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    private static final String STREAMS =
            ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
    private static final Pattern KNOWN = Pattern.compile("^$|json|yaml|protobuf|\\*/\\*|application/\\*");
    private static final Pattern UNKNOWN_FORM =
            Pattern.compile("[^,]*;as=(?!Table;|Table$|PartialObjectMetadata(List)?(;|$))[^,]*");

    private Acceptance() {}

    /// @throws ApiError 406
    static void ofResource(HttpServerRequest request, RequestPath path) {
        String accept = Answers.accept(request);
        boolean text = path.subresource().equals("log");
        if (!known(accept, text) || UNKNOWN_FORM.matcher(accept).matches()) {
            boolean list = path.name().isEmpty() && request.method().name().equals("GET");
            throw refusal((text ? "text/plain, " : "") + DOCUMENTS + (list ? STREAMS : ""));
        }
    }

    private static boolean known(String accept, boolean text) {
        return KNOWN.matcher(accept).find() || (text && (accept.contains("text/plain") || accept.contains("text/*")));
    }

    /// @param parts of the path of a document
    /// @throws ApiError 406
    static void ofDocument(HttpServerRequest request, String[] parts) {
        if (known(Answers.accept(request), false)) {
            return;
        }
        boolean groups = parts[0].equals("apis") && parts.length < 3;
        if (groups) {
            throw ApiError.of(406, "NotAcceptable", "only the following media types are accepted: " + DOCUMENTS);
        }
        throw refusal(parts[0].equals("version") ? "application/json" : DOCUMENTS);
    }

    /// Whether OpenAPI can be sent, of which refusals say nothing.
    static boolean ofSchemas(HttpServerRequest request) {
        return known(Answers.accept(request), false);
    }

    private static ApiError refusal(String available) {
        return ApiError.general(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: " + available);
    }
}
