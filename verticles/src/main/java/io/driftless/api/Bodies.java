package io.driftless.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.BodyReader;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Function;

/// Request bodies of the API: JSON objects of bounded size.
final class Bodies {
    private final BodyReader reader;

    Bodies(ApiConfig config) {
        this.reader = new BodyReader(config.maxBodyBytes(), Duration.ofSeconds(10), config.maxBodyBytes() * 20);
    }

    /// @param emptyAllowed whether no body means an empty object
    <T> Future<T> json(RoutingContext context, boolean emptyAllowed, Function<ObjectNode, Future<T>> use) {
        return reader.read(context, body -> {
            byte[] bytes = emptyAllowed && body.length() == 0 ? new byte[] {'{', '}'} : body.getBytes();
            StrictJson.Read read = StrictJson.object(bytes);
            if (read.truncated()) {
                throw HttpFailure.invalid("the body holds lists that are too long");
            }
            return use.apply(read.object());
        });
    }
}
