package io.driftless.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationName;
import io.driftless.proto.MethodType;
import io.driftless.proto.Schema;
import io.driftless.proto.WireWriter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// `driftless bench api`: what the API costs at ten thousand Applications, each figure beside its floor, in turns, so
/// that both meet the same load. Server, broker, sandbox and echo are processes of their own.
public final class ApiBench {
    public static final String NAME = "api";
    private static final int APPLICATIONS = 10_000;
    private static final int TURNS = 8;
    private static final double TURN_SECONDS = 1.5;
    private static final double WARM_UP_SECONDS = 6;
    private static final int WARM_UP = 1_000;
    private static final int SAMPLES = 2_000;
    private static final String GET = "application.ApplicationService/Get";
    private final ApiStand stand;
    private final int applications;
    private final Progress progress;
    private final Consumer<ApiFigure> out;

    private ApiBench(ApiStand stand, int applications, Progress progress, Consumer<ApiFigure> out) {
        this.stand = stand;
        this.applications = applications;
        this.progress = progress;
        this.out = out;
    }

    /// @param out is given each figure as soon as it is measured
    public static void run(BenchOptions options, Progress progress, Consumer<ApiFigure> out)
            throws IOException, InterruptedException {
        int applications = Math.max(ApiFleet.IN_PROJECT, options.appsOr(APPLICATIONS));
        try (ApiStand stand = ApiStand.open(options, applications, progress)) {
            ApiBench bench = new ApiBench(stand, applications, progress, out);
            bench.get();
            bench.list();
            bench.firstEvent();
            bench.watch();
        }
    }

    private void get() throws IOException, InterruptedException {
        MethodType method = Objects.requireNonNull(Schema.argoCd().method(GET));
        byte[] message = framed(WireWriter.write(
                method.request(), JsonNodeFactory.instance.objectNode().put("name", ApiFleet.name(applications / 2))));
        Vertx vertx = Vertx.vertx();
        try (GrpcLoad ours = new GrpcLoad(vertx, stand.api().port(), GET, message);
                GrpcLoad floor = new GrpcLoad(vertx, stand.echoPort(), GET, message)) {
            ours.run(WARM_UP_SECONDS, false);
            floor.run(WARM_UP_SECONDS, false);
            for (int turn = 0; turn < TURNS; turn++) {
                floor.run(TURN_SECONDS, true);
                ours.run(TURN_SECONDS, true);
                progress.step("api-get: turns", turn + 1, TURNS);
            }
            double ratio = ours.perSecond() / floor.perSecond();
            out.accept(new ApiFigure(
                    "api-get",
                    applications,
                    round(ours.perSecond(), 1),
                    round(floor.perSecond(), 1),
                    null,
                    null,
                    null,
                    null,
                    null,
                    "rate",
                    round(ratio, 1000),
                    null,
                    "at least 0.5",
                    ratio >= 0.5,
                    load()));
        } finally {
            vertx.close().await();
        }
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /// One project, over REST, beside as many objects of the API server.
    private void list() throws IOException {
        List<Double> samples = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        try (RawApi ours = new RawApi(stand.api());
                RawApi server = new RawApi(stand.cluster())) {
            for (int i = -WARM_UP; i < SAMPLES; i++) {
                double floor = timed(server, stand.fleet().path() + "?limit=" + ApiFleet.IN_PROJECT);
                double own = timed(ours, "/api/v1/applications?projects=" + project(i));
                if (i >= 0) {
                    floors.add(floor);
                    samples.add(own);
                    progress.step("api-list: lists", i + 1, SAMPLES);
                }
            }
        }
        times("api-list", samples, floors, 99, 2);
    }

    /// A project is watched until its first event has come; each time on a new connection, as is the floor.
    private void firstEvent() throws IOException {
        List<Double> samples = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            double floor;
            try (RawApi server = new RawApi(stand.cluster())) {
                floor = timed(server, stand.fleet().path() + "?limit=" + ApiFleet.IN_PROJECT);
            }
            double own;
            try (RawApi ours = new RawApi(stand.api())) {
                long start = System.nanoTime();
                ours.watch("/api/v1/stream/applications?projects=" + project(i));
                ours.lines();
                own = (System.nanoTime() - start) / 1e6;
            }
            if (i >= 0) {
                floors.add(floor);
                samples.add(own);
                progress.step("api-first-event: watches", i + 1, SAMPLES);
            }
        }
        times("api-first-event", samples, floors, 99, 2);
    }

    private String project(int sample) {
        return ApiFleet.project(Math.floorMod(sample * ApiFleet.IN_PROJECT * 7, applications));
    }

    private static double timed(RawApi api, String path) throws IOException {
        long start = System.nanoTime();
        String answer = api.call("GET", path, "application/json", "");
        double millis = (System.nanoTime() - start) / 1e6;
        if (answer.getBytes(UTF_8).length < 10_000) {
            throw new IOException(path + " gave less than a project: " + answer);
        }
        return millis;
    }

    private void watch() throws IOException, InterruptedException {
        ApplicationName name = new ApplicationName(stand.namespace(), ApiFleet.name(applications / 3));
        try (DriftToWatch samples = new DriftToWatch(stand.api(), stand.kafka(), name)) {
            for (int i = -WARM_UP; i < SAMPLES; i++) {
                samples.sample(i >= 0);
            }
            progress.step("api-watch: events", SAMPLES, SAMPLES);
            times("api-watch", samples.samples(), samples.floors(), 50, 2);
        }
    }

    private void times(String name, List<Double> samples, List<Double> floors, int percentile, double most) {
        double floor = Figure.percentile(floors, 50);
        double ratio = Figure.percentile(samples, percentile) / floor;
        out.accept(new ApiFigure(
                name,
                applications,
                null,
                null,
                round(Figure.percentile(samples, 50), 1000),
                round(Figure.percentile(samples, 90), 1000),
                round(Figure.percentile(samples, 99), 1000),
                round(floor, 1000),
                round(Figure.percentile(floors, 99), 1000),
                "p" + percentile,
                round(ratio, 1000),
                round(Figure.percentile(samples, 99) / Figure.percentile(floors, 99), 1000),
                "at most " + most,
                ratio <= most,
                load()));
    }

    private static double load() {
        return round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 100);
    }

    private static double round(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }

    /// Host and port of a web address.
    static ApiAddress address(URI web) {
        return new ApiAddress(web.getHost(), web.getPort(), null);
    }
}
