package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Topic;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Outlet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Open streams of resource trees: each is told the whole tree when something in it changed, a few times a second at
/// most,
/// and not while it is behind.
final class TreeStreams {
    private static final long PAUSE_MILLIS = 250;
    private static final long BEAT_MILLIS = 15_000;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

    /// Begins a stream of the tree of an application.
    void open(Call call, Outlet outlet, String application, Function<String, ObjectNode> tree) {
        Stream stream = new Stream(call, outlet, application, tree);
        streams.add(stream);
        long timer = call.vertx().setPeriodic(BEAT_MILLIS, id -> stream.beat());
        outlet.whenClosed(() -> {
            streams.remove(stream);
            call.vertx().cancelTimer(timer);
        });
        outlet.whenDrained(stream::send);
        stream.changed();
    }

    void saw(StoredEvent event) {
        boolean shown = event.topic() == Topic.LIVE || event.topic() == Topic.CHILDREN;
        if (shown && !streams.isEmpty()) {
            streams.forEach(stream -> {
                if (stream.application.equals(event.subject())) {
                    stream.changed();
                }
            });
        }
    }

    /// One client.
    private static final class Stream {
        private final Call call;
        private final Outlet outlet;
        private final String application;
        private final Function<String, ObjectNode> tree;
        private @Nullable JsonNode last;
        private boolean due;

        Stream(Call call, Outlet outlet, String application, Function<String, ObjectNode> tree) {
            this.call = call;
            this.outlet = outlet;
            this.application = application;
            this.tree = tree;
        }

        void changed() {
            outlet.context().runOnContext(now -> {
                if (!due) {
                    due = true;
                    send();
                }
            });
        }

        /// Sends what is due; what changes in the pause after it is sent together.
        private void send() {
            if (!due || outlet.closed() || outlet.full()) {
                return;
            }
            ObjectNode now = tree.apply(application);
            if (!now.equals(last)) {
                outlet.write(now);
                last = now;
            }
            call.vertx().setTimer(PAUSE_MILLIS, id -> {
                due = false;
                if (!outlet.closed() && !tree.apply(application).equals(last)) {
                    due = true;
                    send();
                }
            });
        }

        private void beat() {
            @Nullable HttpFailure lapsed = call.lapsed();
            if (lapsed != null) {
                outlet.fail(lapsed);
            } else {
                outlet.beat();
            }
        }
    }
}
