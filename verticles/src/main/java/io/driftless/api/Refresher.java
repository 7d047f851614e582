package io.driftless.api;

import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.Topic;
import io.driftless.http.HttpFailure;
import io.driftless.http.Publisher;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Asks for a refresh and waits until Git and cluster have been compared with what it found: for a
/// new comparison, or, where Git holds nothing new, for the word that the comparison there is still
/// stands. A short time at most: the repository may not answer.
final class Refresher {
    private final Publisher publisher;
    private final ReadModel model;
    private final Duration patience;
    private final AtomicLong numbers = new AtomicLong();
    /// By chain.
    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();

    private record Waiter(ApplicationName application, long number, Promise<Void> seen) {}

    Refresher(Publisher publisher, ReadModel model, Duration patience) {
        this.publisher = publisher;
        this.model = model;
        this.patience = patience;
    }

    /// Nothing comes of a look for an Application that was refused or is being deleted: its state is the answer.
    ///
    /// @param how `normal`, `true` or `hard`
    /// @param by who asks
    Future<Void> refresh(Vertx vertx, HeldApplication application, String how, String by) {
        ApplicationName name = application.name();
        boolean hard = how.equals("hard");
        if (!hard && !how.equals("normal") && !how.equals("true")) {
            return Future.failedFuture(HttpFailure.invalid("parameter refresh must be normal or hard"));
        }
        if (model.isAtRest(application.key())
                || application.tree().path("metadata").hasNonNull("deletionTimestamp")) {
            return Future.succeededFuture();
        }
        String chain = UUID.randomUUID().toString();
        Promise<Void> seen = Promise.promise();
        waiting.put(chain, new Waiter(name, numbers.incrementAndGet(), seen));
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
        Envelope envelope = event.envelope();
        if (event.topic() == Topic.APPLICATIONS && !waiting.isEmpty() && model.isAtRest(event.subject())) {
            waiting.values().stream()
                    .filter(rests -> rests.application().toString().equals(event.subject()))
                    .forEach(rests -> rests.seen().tryComplete());
        }
        if (envelope == null) {
            return;
        }
        Waiter waiter = waiting.get(envelope.chain());
        if (waiter != null && answers(waiter.application(), envelope.event())) {
            // Who asked for the same before gets the same answer: his look may have been joined with this one.
            for (Waiter other : waiting.values()) {
                if (other.number() <= waiter.number() && other.application().equals(waiter.application())) {
                    other.seen().tryComplete();
                }
            }
        }
    }

    private boolean answers(ApplicationName application, Event event) {
        return switch (event) {
            case ApplicationCompared compared -> true;
            case ManifestsRendered rendered ->
                model.drift(application.toString())
                        .filter(verdict -> verdict.render().equals(rendered.digest())
                                && verdict.revision().equals(rendered.revision()))
                        .isPresent();
            case RenderFailed failed ->
                model.drift(application.toString())
                        .filter(verdict -> verdict.conditions().containsAll(failed.conditions()))
                        .isPresent();
            default -> false;
        };
    }
}
