package io.driftless.notification;

import io.driftless.events.ApplicationName;
import io.driftless.events.DeliveryEvent;
import io.driftless.events.DeliveryEvent.NotificationsBegan;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is told what about one application. Each transition is told once, over restarts too: `deliveries` is the
/// memory. What was true before the application was first seen here (and is older than a minute then) is not
/// told.
public final class NotificationLogic implements Logic<Notification, DeliveryOutcome> {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MOST_NEWS = 200;

    private final ApplicationName name;
    private final List<Subscription> subscriptions;
    private final ApplicationView view;
    private final Ledger ledger = new Ledger();
    private final DeliveryQueues queues = new DeliveryQueues();
    private final List<News> news = new ArrayList<>();
    private final List<DeliveryOutcome> outcomes = new ArrayList<>();
    private @Nullable NotificationsBegan began;
    private boolean ready;
    /// The Application is gone, its last word is said and its memory is deleted.
    private boolean buried;

    public NotificationLogic(String application, List<Subscription> subscriptions) {
        this.name = ApplicationName.parse(application);
        this.subscriptions = List.copyOf(subscriptions);
        this.view = new ApplicationView(name);
    }

    @Override
    public void fold(Fact fact) {
        Envelope envelope = fact.envelope();
        if (fact.topic() == Topic.APPLICATIONS) {
            add(view.application(envelope));
        } else if (fact.topic() == Topic.DELIVERIES) {
            remember(fact.key(), envelope == null ? null : (DeliveryEvent) envelope.event());
        } else if (envelope == null) {
            view.withdrawn(fact.topic());
        } else if (envelope.event() instanceof ApplicationCompared event) {
            add(view.compared(event, envelope));
        } else if (envelope.event() instanceof OperationRecorded event) {
            add(view.operation(event, envelope));
        }
    }

    @Override
    public void finished(DeliveryOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public Decision<Notification> decide(Instant now) {
        buried &= view.gone();
        if (buried || (!view.declared() && !view.gone() && began == null)) {
            return Decision.nothing();
        }
        List<Publication> say = new ArrayList<>();
        for (DeliveryOutcome outcome : outcomes) {
            record(outcome, now, say);
        }
        outcomes.clear();
        boolean first = begin(now, say);
        if (vanished() && subscriptions.stream().anyMatch(s -> !told(s, Trigger.ON_DELETED))) {
            news.add(view.farewell(now));
        }
        Backlog backlog = first ? Backlog.of(news, view) : Backlog.NONE;
        for (News item : first ? backlog.items() : List.copyOf(news)) {
            enqueue(item, first, backlog, say);
        }
        news.clear();
        forgetPassedStates(say);
        List<Notification> tasks = queues.due(now);
        cleanUp(say);
        return new Decision<>(say, tasks, queues.nextRetry());
    }

    @Override
    public boolean forgettable() {
        return began == null && view.isEmpty()
                || vanished() && queues.idle() && ledger.keys().isEmpty() && began == null;
    }

    private void add(List<News> items) {
        news.addAll(items);
        while (news.size() > MOST_NEWS) {
            news.removeFirst();
        }
    }

    private void remember(String key, @Nullable DeliveryEvent event) {
        boolean beginning = RecordKey.detail(key).equals(NotificationsBegan.DETAIL);
        if (!beginning) {
            ledger.fold(key, event);
        } else if (!ready) {
            began = event instanceof NotificationsBegan start ? start : null;
            buried = began == null;
        }
    }

    /// The first decision: what is old news to a subscription stays untold. True when it is the first.
    private boolean begin(Instant now, List<Publication> say) {
        NotificationsBegan before = began;
        boolean another = view.declared() && (before == null || !before.uid().equals(view.uid()));
        if (ready && !another) {
            return false;
        }
        boolean first = !ready;
        ready = true;
        List<String> settled = new ArrayList<>(before == null || another ? List.of() : before.settled());
        List<String> names = subscriptions.stream().map(Subscription::name).toList();
        Instant fresh = now.minus(FRESH);
        for (Subscription subscription : subscriptions) {
            if (before == null || !before.subscriptions().contains(subscription.name())) {
                news.stream()
                        .filter(item -> item.at().isBefore(fresh))
                        .filter(item -> subscription.triggers().contains(item.trigger()))
                        .forEach(item -> settled.add(item.settledName(subscription)));
            }
        }
        if (before == null || another || !before.subscriptions().equals(names)) {
            String uid = view.declared() || before == null ? view.uid() : before.uid();
            began = new NotificationsBegan(name, uid, names, settled);
            say.add(Publication.of(began, ""));
        }
        return first;
    }

    private void enqueue(News item, boolean first, Backlog backlog, List<Publication> say) {
        NotificationsBegan start = began;
        List<String> settled = start == null ? List.of() : start.settled();
        for (Subscription subscription : subscriptions) {
            if (!subscription.triggers().contains(item.trigger()) || settled.contains(item.settledName(subscription))) {
                continue;
            }
            String key = key(subscription, item.trigger());
            String transition = first && item.trigger().state() && ledger.has(key)
                    ? ledger.lastTransition(key) // a state that lasts keeps the name it was told under
                    : item.transition();
            DeliveryQueue queue = queues.at(key);
            if (ledger.closed(key, transition)
                    || queue.contains(transition)
                    || backlog.overtaken(item, ledger.lastTransition(key))) {
                continue;
            }
            Notification notification =
                    new Notification(name, subscription.name(), item.trigger(), transition, item.chain(), item.about());
            queue.add(notification, ledger.attempts(key, transition))
                    .ifPresent(dropped -> say.add(Publication.of(
                            DeliveryQueue.failed(dropped, 0, "newer notifications took its place", true),
                            dropped.chain())));
        }
    }

    private void record(DeliveryOutcome outcome, Instant now, List<Publication> say) {
        Notification notification = outcome.notification();
        String key = DeliveryEvent.key(
                name, notification.subscription(), notification.trigger().toString());
        DeliveryQueue queue = queues.get(key);
        if (queue != null) {
            queue.finished(outcome, now).ifPresent(event -> {
                ledger.fold(key, event);
                say.add(Publication.of(event, notification.chain()));
            });
        }
    }

    private void forgetPassedStates(List<Publication> say) {
        for (Trigger trigger : Trigger.values()) {
            if (!trigger.state() || view.holds(trigger) || vanished()) {
                continue;
            }
            for (Subscription subscription : subscriptions) {
                String key = key(subscription, trigger);
                if (ledger.has(key) && !queues.busy(key)) {
                    ledger.forget(key);
                    say.add(Publication.tombstone(Topic.DELIVERIES, key, ""));
                }
            }
            unsettle(trigger, say);
        }
    }

    private void unsettle(Trigger passed, List<Publication> say) {
        NotificationsBegan start = began;
        if (start == null) {
            return;
        }
        List<String> rest = start.settled().stream()
                .filter(item -> !item.endsWith("|" + passed + '='))
                .toList();
        if (rest.size() < start.settled().size()) {
            began = new NotificationsBegan(name, start.uid(), start.subscriptions(), rest);
            say.add(Publication.of(began, ""));
        }
    }

    /// Once the last word about a deleted application is said, its memory goes too.
    private void cleanUp(List<Publication> say) {
        NotificationsBegan start = began;
        if (!vanished() || start == null || !queues.idle()) {
            return;
        }
        for (String key : ledger.keys()) {
            ledger.forget(key);
            say.add(Publication.tombstone(Topic.DELIVERIES, key, ""));
        }
        say.add(Publication.tombstone(Topic.DELIVERIES, start.key(), ""));
        began = null;
        buried = true;
    }

    private boolean vanished() {
        return view.gone() || ready && !view.declared();
    }

    private boolean told(Subscription subscription, Trigger trigger) {
        String key = key(subscription, trigger);
        return began == null || !subscription.triggers().contains(trigger) || ledger.has(key) || queues.busy(key);
    }

    private String key(Subscription subscription, Trigger trigger) {
        return DeliveryEvent.key(name, subscription.name(), trigger.toString());
    }
}
