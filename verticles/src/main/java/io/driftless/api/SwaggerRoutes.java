package io.driftless.api;

import io.driftless.http.Answers;
import io.driftless.proto.Schema;
import io.driftless.proto.Swagger;
import io.vertx.ext.web.Router;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// `GET /swagger.json`: the REST API for tools that generate clients; open to all, as it says no
/// more than this program does. Seldom asked for, so it is made when somebody asks.
final class SwaggerRoutes {
    private final Schema schema;
    private final ApiConfig config;
    private final String basePath;
    private @Nullable SoftReference<byte[]> made;

    SwaggerRoutes(Schema schema, ApiConfig config, String basePath) {
        this.schema = schema;
        this.config = config;
        this.basePath = basePath.isEmpty() ? "/" : basePath;
    }

    void mount(Router router) {
        router.get("/swagger.json").handler(context -> Answers.json(context, 200, document()));
    }

    private synchronized byte[] document() {
        byte[] known = made == null ? null : made.get();
        if (known == null) {
            known = Answers.bytes(Swagger.of(schema, "Driftless", config.version(), basePath));
            made = new SoftReference<>(known);
        }
        return known;
    }
}
