package io.driftless.demo;

import io.driftless.events.Topic;
import io.driftless.stage.EventReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// The demo, step by step.
public final class Demo implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = "argocd/myapp-production";
    private static final String NEW_TAG = "1.27.1-alpine";
    private final PrintWriter out;
    private final long start;
    private final DemoWorld world;
    private final EventLog log;
    private final EventReader reader;

    private Demo(DemoOptions options, PrintWriter out) throws IOException, InterruptedException {
        this.out = out;
        this.start = System.nanoTime();
        this.world = DemoWorld.start(options);
        this.log = new EventLog(APPLICATION, new EventView(out));
        this.reader = world.server()
                .runtime()
                .reader("demo", new EventReader.Request(Set.of(Topic.values()), new EventReader.From.Beginning(), log));
    }

    /// Starts everything; `out` is for people to follow.
    public static Demo start(DemoOptions options, PrintWriter out) throws IOException, InterruptedException {
        return new Demo(options, out);
    }

    /// Deploys, changes, breaks and heals production. Fails with [DemoFailure] when one of these does not happen.
    public DemoReport play() throws InterruptedException {
        world.seed();
        say("The root Application declares three others ...");
        world.declareRoot();
        try (ProductionWatch production = new ProductionWatch(world.cluster())) {
            production.await("become available", ProductionWatch::available, LIMIT);
            double firstSynced = millis(start, System.nanoTime());

            say("A commit deploys " + NEW_TAG + " to production ...");
            log.follow(Instant.now());
            long pushed = System.nanoTime();
            world.pushNewTag(NEW_TAG);
            double live = millis(
                    pushed,
                    production.await(
                            "run " + NEW_TAG,
                            seen -> ProductionWatch.image(seen).endsWith(":" + NEW_TAG),
                            LIMIT));
            var stages = log.stages(Duration.ofSeconds(10));
            production.await("become available again", ProductionWatch::available, LIMIT);

            say("Somebody changes the image in the cluster by hand ...");
            String wished = ProductionWatch.image(
                    world.cluster().get(ProductionWatch.DEPLOYMENT, null).orElseThrow());
            long tampered = production.tamper("docker.io/library/nginx:tampered");
            production.await("drift", seen -> !ProductionWatch.image(seen).equals(wished), LIMIT);
            double healed = millis(
                    tampered,
                    production.await(
                            "be healed", seen -> ProductionWatch.image(seen).equals(wished), LIMIT));
            return new DemoReport(
                    live,
                    healed,
                    firstSynced,
                    log.counts(),
                    stages,
                    world.server().kafka(),
                    world.server().web().toString(),
                    world.repositoryUrl().toString(),
                    world.kubeconfig().toAbsolutePath().toString());
        }
    }

    private void say(String what) {
        out.println();
        out.println(what);
        out.flush();
    }

    private static double millis(long from, long to) {
        return Math.round((to - from) / 1e3) / 1e3;
    }

    @Override
    public void close() {
        reader.close();
        world.close();
    }
}
