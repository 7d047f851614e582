package io.driftless.api;

import com.sun.management.OperatingSystemMXBean;
import io.driftless.api.HeldApplication.Facts;
import io.driftless.http.MetricsText;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// `GET /metrics` in Prometheus' text format: what the stages count, requests, the JVM; and the applications, for those
/// who may see all of them.
final class MetricsRoutes {
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final ApplicationCache cache;
    private final StreamSlots slots;
    private final List<Consumer<MetricsText>> sources;
    private final Predicate<HttpServerRequest> seesAll;

    MetricsRoutes(
            ApplicationCache cache,
            StreamSlots slots,
            List<Consumer<MetricsText>> sources,
            Predicate<HttpServerRequest> seesAll) {
        this.cache = cache;
        this.seesAll = seesAll;
        this.slots = slots;
        this.sources = List.copyOf(sources);
    }

    /// Counts every request; to be mounted before all other routes.
    void count(RoutingContext context) {
        context.addEndHandler(ended -> requests.computeIfAbsent(
                        context.request().method().name().length() > 8
                                ? "OTHER " + context.response().getStatusCode()
                                : context.request().method().name()
                                        + ' '
                                        + context.response().getStatusCode(),
                        key -> new LongAdder())
                .increment());
        context.next();
    }

    void mount(Router router) {
        router.get("/metrics").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        MetricsText text = new MetricsText();
        sources.forEach(source -> source.accept(text));
        new TreeMap<>(requests).forEach((key, count) -> {
            String[] parts = key.split(" ");
            text.counter("driftless_http_requests_total", Map.of("method", parts[0], "code", parts[1]), count.sum());
        });
        text.gauge("driftless_http_streams", Map.of(), slots.open());
        if (seesAll.test(context.request())) {
            cache.index().all().values().forEach(application -> application(text, application));
        }
        process(text);
        context.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(text.toString());
    }

    private static void application(MetricsText text, HeldApplication application) {
        Facts facts = application.facts();
        Map<String, String> labels = new TreeMap<>();
        labels.put("namespace", application.name().namespace());
        labels.put("name", application.name().name());
        labels.put("project", facts.project());
        labels.put("dest_server", facts.server());
        labels.put("dest_namespace", facts.destinationNamespace());
        labels.put("sync_status", facts.status().sync());
        labels.put("health_status", facts.status().health());
        text.gauge("argocd_app_info", labels, 1);
    }

    private static void process(MetricsText text) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Map<String, String> heap = Map.of("area", "heap");
        text.gauge("jvm_memory_used_bytes", heap, memory.getHeapMemoryUsage().getUsed());
        text.gauge(
                "jvm_memory_committed_bytes", heap, memory.getHeapMemoryUsage().getCommitted());
        text.gauge(
                "jvm_memory_used_bytes",
                Map.of("area", "nonheap"),
                memory.getNonHeapMemoryUsage().getUsed());
        text.gauge(
                "jvm_threads_current",
                Map.of(),
                ManagementFactory.getThreadMXBean().getThreadCount());
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(gc -> text.counter(
                        "jvm_gc_collection_seconds_total",
                        Map.of("gc", gc.getName()),
                        gc.getCollectionTime() / 1_000.0));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            text.counter("process_cpu_seconds_total", Map.of(), system.getProcessCpuTime() / 1e9);
        }
        text.gauge(
                "process_uptime_seconds",
                Map.of(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
    }
}
