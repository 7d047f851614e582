package io.driftless.api;

import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.Topic;
import io.driftless.http.HttpFailure;
import io.driftless.http.Publisher;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Asks for a refresh and waits until something came of it, a short time at most: where Git holds nothing new
/// nothing comes.
final class Refresher {
    private static final Set<Topic> CONSEQUENCES = Set.of(Topic.DESIRED, Topic.DRIFT);
    private final Publisher publisher;
    private final Duration patience;
    private final Map<String, Promise<Void>> waiting = new ConcurrentHashMap<>();

    Refresher(Publisher publisher, Duration patience) {
        this.publisher = publisher;
        this.patience = patience;
    }

    /// @param how `normal`, `true` or `hard`
    /// @param by who asks
    Future<Void> refresh(Vertx vertx, ApplicationName name, String how, String by) {
        boolean hard = how.equals("hard");
        if (!hard && !how.equals("normal") && !how.equals("true")) {
            return Future.failedFuture(HttpFailure.invalid("parameter refresh must be normal or hard"));
        }
        String chain = UUID.randomUUID().toString();
        Promise<Void> seen = Promise.promise();
        waiting.put(chain, seen);
        return publisher
                .publish(Publication.of(new RefreshRequested(name, by, hard), chain))
                .recover(down -> Future.failedFuture(Broker.down(down)))
                .compose(acknowledged -> {
                    long timer = vertx.setTimer(patience.toMillis(), id -> seen.tryComplete());
                    return seen.future().onComplete(done -> vertx.cancelTimer(timer));
                })
                .onComplete(done -> waiting.remove(chain));
    }

    /// Takes in every event that passes.
    void saw(StoredEvent event) {
        if (event.envelope() != null && CONSEQUENCES.contains(event.topic())) {
            Promise<Void> seen = waiting.get(event.envelope().chain());
            if (seen != null) {
                seen.tryComplete();
            }
        }
    }
}
