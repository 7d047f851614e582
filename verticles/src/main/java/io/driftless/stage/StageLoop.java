package io.driftless.stage;

import io.driftless.events.Topic;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of a stage on Kafka: polls, hands over, commits, follows rebalances. Ends with an exception where only a
/// new start from what is committed helps.
final class StageLoop<T, O> implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(StageLoop.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final StageDefinition<T, O> definition;
    private final StageRunner<T, O> runner;
    private final StageRuntime.Parts parts;
    private final Inbox<T, O> inbox;
    private final KafkaConsumer<String, byte[]> consumerHandle;
    private final Outlet outlet;
    private final Consumer<String, byte[]> consumer;
    private final Progress progress = new Progress();
    private final Commits commits;
    private final FlowControl<T, O> flow;
    private final Intake<T, O> intake;
    private final Set<String> topics;
    private final @Nullable Relay relay;
    final StageSession<T, O> session;
    private boolean joined;
    private boolean leaving;

    StageLoop(
            StageDefinition<T, O> definition,
            Performer<T, O> performer,
            StageRuntime.Parts parts,
            StageRunner<T, O> runner,
            Inbox<T, O> inbox) {
        this.definition = definition;
        this.runner = runner;
        this.parts = parts;
        this.inbox = inbox;
        String name = definition.name();
        this.consumerHandle =
                KafkaClients.member(parts.vertx(), parts.kafka(), name, parts.instance(), parts.relay() != null);
        this.outlet = new Outlet(
                () -> KafkaClients.patient(parts.vertx(), parts.kafka(), name, parts.instance()), parts.near());
        this.consumer = consumerHandle.unwrap();
        RecordWriter writer = new RecordWriter("/driftless/" + name, parts.clock(), parts.partitions());
        Outbox<T, O> outbox = new Outbox<>(definition, outlet, writer, progress, inbox, parts.metrics(), parts.relay());
        this.session = new StageSession<>(
                definition,
                performer,
                parts,
                outbox,
                new Tasks<>(definition, performer, inbox, parts.metrics()),
                progress,
                runner::rebuilt);
        this.commits = new Commits(name, consumer, progress);
        this.flow = new FlowControl<>(definition, session, progress);
        this.relay = parts.relay();
        this.topics = Stream.concat(definition.tables().stream(), definition.events().stream())
                .map(Topic::topicName)
                .collect(Collectors.toSet());
        this.intake = new Intake<>(consumer, inbox, session, flow, definition.pace(), relay != null);
    }

    void run() {
        consumer.subscribe(topics, this);
        Runnable unsubscribe = relay == null ? () -> {} : relay.subscribe(topics, intake::relayed);
        try {
            while (!runner.closing()) {
                round();
            }
        } finally {
            unsubscribe.run();
        }
        if (!runner.crashed()) {
            quiesce();
        }
    }

    private void round() {
        intake.take(this::sleep);
        session.settle(consumer::position);
        readInbox();
        session.timers.run(parts.clock().instant());
        session.decide();
        progress.endRound();
        session.tasks.start();
        commits.byTheWay();
        flow.regulate(consumer);
        session.count();
        runner.state(joined && session.slices.allReady(), !flow.choked());
    }

    private Duration sleep() {
        boolean committing = progress.hasCommittable() || progress.oldest() > 0;
        boolean rebuilding = !session.slices.allReady();
        Duration longest =
                flow.choked() || committing || rebuilding ? Duration.ofNanos(Commits.PERIOD_NANOS) : LONGEST_SLEEP;
        return session.untilNextTimer(longest);
    }

    private void readInbox() {
        for (Mail<T, O> mail = inbox.poll(); mail != null; mail = inbox.poll()) {
            session.read(mail);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        inbox.awake();
        intake.owns(consumer.assignment());
        progress.forget(session.slices.assign(consumer, assigned));
        session.tasks.resume();
        joined = true;
        LOG.info(
                "{}: owns {}",
                definition.name(),
                assigned.stream()
                        .map(TopicPartition::partition)
                        .distinct()
                        .sorted()
                        .toList());
        runner.ownershipChanged();
        // Where tables are empty no record will end the poll.
        consumer.wakeup();
        backToPoll();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        inbox.awake();
        intake.owns(Set.of());
        if (!revoked.isEmpty() && !leaving) {
            session.slices.suspend(consumer, revoked);
            quiesce();
        }
        backToPoll();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        LOG.warn("{}: was away too long and lost its partitions", definition.name());
        intake.owns(Set.of());
        session.slices.drop(lost);
        session.tasks.interrupt();
        progress.forget(Set.copyOf(lost));
        runner.ownershipChanged();
    }

    private void backToPoll() {
        inbox.asleep(consumer::wakeup);
        if (!inbox.isEmpty()) {
            consumer.wakeup();
        }
    }

    /// Starts nothing more, lets follow what running tasks come to, and commits. Bounded in time.
    private void quiesce() {
        session.tasks.suspend();
        waitForTasks(runner.patience());
        if (session.tasks.anyRunning()) {
            session.tasks.interrupt();
            waitForTasks(Duration.ofSeconds(2));
        }
        waitUntil(Duration.ofSeconds(5), () -> progress.oldest() == 0);
        commits.atOnce();
    }

    private void waitForTasks(Duration limit) {
        waitUntil(limit, () -> !session.tasks.anyRunning());
    }

    private void waitUntil(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        do {
            readInbox();
            session.decide();
            progress.endRound();
            if (condition.getAsBoolean()) {
                return;
            }
            Mail<T, O> mail = inbox.poll(TimeUnit.MILLISECONDS.toNanos(5));
            if (mail != null) {
                session.read(mail);
            }
        } while (System.nanoTime() < end);
    }

    boolean brokerReachable() {
        return KafkaClients.connected(consumer.metrics()) || outlet.connected();
    }

    /// Leaves the group, unless this is to look like a crash.
    void close() {
        leaving = true;
        session.outbox.close();
        session.slices.dropAll();
        session.tasks.suspend();
        session.tasks.interrupt();
        boolean crashed = runner.crashed();
        // Committing is done; what is left is to leave, and a fetch under way that nobody waits for.
        Duration limit = crashed ? Duration.ZERO : Duration.ofMillis(500);
        outlet.close(crashed ? Duration.ZERO : Duration.ofSeconds(2));
        Calm.call(() -> {
            consumer.close(CloseOptions.timeout(limit)
                    .withGroupMembershipOperation(
                            crashed
                                    ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                    : CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            return true;
        });
        consumerHandle.close();
    }
}
