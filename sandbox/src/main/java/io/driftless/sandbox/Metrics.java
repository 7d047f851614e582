package io.driftless.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.TreeMap;

/// `/metrics`: what the server did and holds, in the text of Prometheus. Few of the real server's, under its names.
final class Metrics {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
    private final Store store;
    private final Requests requests;

    Metrics(Store store, Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    void answer(HttpServerRequest request) {
        request.response().putHeader("content-type", TYPE).end(text());
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        head(out, "apiserver_request_total", "counter", "Requests for resources by verb.");
        requests.snapshot()
                .forEach((verb, count) -> out.append("apiserver_request_total{verb=\"")
                        .append(verb.toUpperCase(Locale.ROOT))
                        .append("\"} ")
                        .append(count)
                        .append('\n'));
        head(out, "apiserver_resource_objects", "gauge", "Objects that are stored, by resource.");
        new TreeMap<>(store.counts()).forEach((type, count) -> {
            int dot = type.indexOf('.');
            out.append("apiserver_resource_objects{group=\"")
                    .append(dot < 0 ? "" : type.substring(dot + 1))
                    .append("\",resource=\"")
                    .append(dot < 0 ? type : type.substring(0, dot))
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        });
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        head(out, "process_start_time_seconds", "gauge", "When the process started, in seconds since the epoch.");
        out.append("process_start_time_seconds ").append(started / 1000).append('\n');
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String sort, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(sort).append('\n');
    }
}
