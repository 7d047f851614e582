package io.driftless.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The web page: three files, kept in memory. Its policy lets it load nothing from elsewhere and run no script
/// that is not its own.
final class WebPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";
    private final String base;

    /// @param base below which path browsers find the page; empty for the root
    WebPage(String base) {
        this.base = base;
    }

    void mount(Router router) {
        Buffer page = read("index.html");
        Buffer based = base.isEmpty()
                ? page
                : Buffer.buffer(page.toString().replaceFirst("<head>", "<head>\n  <base href=\"" + base + "/\">"));
        router.get("/").handler(context -> answer(context, based, "text/html; charset=utf-8"));
        serve(router, "/app.js", "app.js", "text/javascript; charset=utf-8");
        serve(router, "/style.css", "style.css", "text/css; charset=utf-8");
        serve(router, "/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void serve(Router router, String path, String file, String type) {
        Buffer content = read(file);
        router.get(path).handler(context -> answer(context, content, type));
    }

    private static void answer(RoutingContext context, Buffer content, String type) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(content);
    }

    private static Buffer read(String file) {
        try (InputStream in = WebPage.class.getResourceAsStream("/web/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the file web/" + file + " is missing from the program");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
