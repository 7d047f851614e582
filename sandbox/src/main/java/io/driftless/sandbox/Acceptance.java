package io.driftless.sandbox;

import io.driftless.sandbox.AcceptedForm.Offer;
import io.driftless.sandbox.model.ApiError;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// Whether an answer can have the form that a client accepts. Types that nobody knows are refused in other words than
/// forms that an address does not have.
final class Acceptance {
    private static final String DOCUMENTS = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    private static final String STREAMS =
            "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    private Acceptance() {}

    /// @throws ApiError 406
    static void ofResource(HttpServerRequest request, RequestPath path) {
        if (path.subresource().equals("log")) {
            String accept = AcceptedForm.accept(request);
            if (!AcceptedForm.knownType(request) && !accept.contains("text/plain") && !accept.contains("text/*")) {
                throw unknown("text/plain, " + DOCUMENTS);
            }
            return;
        }
        boolean watch = path.watches(request);
        if (!AcceptedForm.knownType(request)) {
            boolean list = path.name().isEmpty() && request.method().name().equals("GET");
            throw unknown(DOCUMENTS + (list ? ", " + STREAMS : ""));
        }
        if (AcceptedForm.of(request, watch ? Offer.CHANGES : Offer.OBJECTS) == null) {
            boolean form = watch && AcceptedForm.of(request, Offer.OBJECTS) != null;
            throw absent(form ? STREAMS : DOCUMENTS);
        }
    }

    /// @param parts of the path of a document
    /// @throws ApiError 406
    static AcceptedForm ofDocument(HttpServerRequest request, String[] parts) {
        boolean version = parts[0].equals("version");
        boolean groups = parts[0].startsWith("api") && parts.length == 1;
        if (!AcceptedForm.knownType(request) || (version && AcceptedForm.prefersYaml(request))) {
            boolean byGroup = parts[0].equals("apis") && parts.length < 3;
            throw byGroup ? absent(DOCUMENTS) : unknown(version ? "application/json" : DOCUMENTS);
        }
        AcceptedForm form = AcceptedForm.of(request, groups ? Offer.GROUPS : Offer.DOCUMENTS);
        if (form == null && !version) {
            throw absent(DOCUMENTS);
        }
        return Objects.requireNonNullElse(form, AcceptedForm.PLAIN);
    }

    private static ApiError unknown(String available) {
        return ApiError.general(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: " + available);
    }

    private static ApiError absent(String available) {
        return ApiError.of(406, "NotAcceptable", "only the following media types are accepted: " + available);
    }
}
