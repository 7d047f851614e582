package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.Advice;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes of objects that are there, and how writes are answered.
final class Updates {
    /// Groups of kinds whose templates are spoken of only where a wish has changed.
    private static final Set<String> TEMPLATED = Set.of("apps", "batch");

    private final ObjectWriter writer;

    Updates(ObjectWriter writer) {
        this.writer = writer;
    }

    /// Stores what `change` makes of an object, or of its Scale, and answers with it.
    void modify(HttpServerRequest request, RequestPath path, WriteOptions options, UnaryOperator<ObjectNode> change) {
        boolean scale = path.subresource().equals("scale");
        JsonNode[] generation = {Json.MAPPER.missingNode()};
        Stored out = writer.update(path.type(), path.namespace(), path.name(), path.subresource(), options, live -> {
            generation[0] = generation(live);
            return scale
                    ? Scale.into(path.type(), live, change.apply(Scale.of(path.type(), live)))
                    : change.apply(live);
        });
        if (scale) {
            Answers.send(request.response(), 200, Scale.of(path.type(), out.in(path.type())), Answers.JSON);
        } else {
            boolean same = TEMPLATED.contains(path.type().group())
                    && generation(out.tree()).equals(generation[0]);
            if (path.subresource().isEmpty() && !same) {
                answer(request, path.type(), 200, out);
            } else {
                Answers.object(request, path.type(), 200, out);
            }
        }
    }

    private static JsonNode generation(JsonNode object) {
        return object.path("metadata").path("generation");
    }

    /// Answers with what was written, and says what is to be said of it.
    static void answer(HttpServerRequest request, ResourceType type, int code, Stored written) {
        Advice.about(type, written.tree(), code == 201).forEach(advice -> warn(request, advice));
        Answers.object(request, type, code, written);
    }

    /// An owner that is named twice is taken for one.
    static void owners(HttpServerRequest request, ObjectNode object) {
        String again = RepeatedOwners.drop(object);
        if (!again.isEmpty()) {
            warn(request, again);
        }
    }

    static void warn(HttpServerRequest request, String text) {
        request.response().headers().add("Warning", "299 - " + Json.quoted(text));
    }
}
