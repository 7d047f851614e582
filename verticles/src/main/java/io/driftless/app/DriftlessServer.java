package io.driftless.app;

import io.driftless.proto.Schema;
import io.driftless.stage.StageRuntime;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Driftless in this process: the stages that were asked for, on the embedded broker or another Kafka.
public final class DriftlessServer implements AutoCloseable {
    private final Foundation foundation;
    private final StageSet stages;
    private final WebPort port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DriftlessServer(Foundation foundation, StageSet stages, WebPort port) {
        this.foundation = foundation;
        this.stages = stages;
        this.port = port;
    }

    /// Starts everything; the stages may still be reading what they missed, see [#awaitReady].
    public static DriftlessServer start(Vertx vertx, ServerOptions options) throws InterruptedException {
        if (options.stages().contains(Stage.API)) {
            // Needed at the end of the start, and ready by then.
            Thread.startVirtualThread(Schema::argoCd);
        }
        Foundation foundation = Foundation.lay(vertx, options);
        StageSet stages = StageSet.start(foundation);
        return new DriftlessServer(foundation, stages, WebPort.open(foundation, stages));
    }

    /// Waits until every stage has rebuilt what it is assigned, and the API has read what it shows.
    public void awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        stages.awaitReady(limit);
        port.awaitReady(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    /// Where webhook, API, events and page are.
    public URI web() {
        return port.address();
    }

    /// Address of Kafka for any consumer.
    public String kafka() {
        return foundation.runtime().kafka().bootstrap();
    }

    /// For readers of events in this process.
    public StageRuntime runtime() {
        return foundation.runtime();
    }

    /// Ends in order: no new requests, stages finish what they began, then the broker. Safe to call twice.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            port.close();
            stages.close();
            foundation.close();
        }
    }
}
