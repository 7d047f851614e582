package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Topic;
import io.driftless.rpc.Call;
import io.driftless.rpc.Outlet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Open streams of resource trees: each is told the whole tree when something in it changed, a few times a second at
/// most, and not while it is behind. A client that takes nothing for too long is cut off and told so.
final class TreeStreams {
    private static final long PAUSE_MILLIS = 250;
    private static final String REMEDY = "read the resource tree again and watch it anew";

    static final String TOO_SLOW = StreamGuard.tooSlow(REMEDY);

    private final ApiConfig config;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

    TreeStreams(ApiConfig config) {
        this.config = config;
    }

    /// Begins a stream of the tree of an application.
    void open(Call call, Outlet outlet, String application, Function<String, ObjectNode> tree) {
        StreamGuard guard = new StreamGuard(call, outlet, config, REMEDY);
        Stream stream = new Stream(call, outlet, guard, application, tree);
        streams.add(stream);
        guard.begin(stream::send, () -> streams.remove(stream));
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
        private final StreamGuard guard;
        private final String application;
        private final Function<String, ObjectNode> tree;
        private @Nullable JsonNode last;
        private boolean due;

        Stream(Call call, Outlet outlet, StreamGuard guard, String application, Function<String, ObjectNode> tree) {
            this.guard = guard;
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
            if (!due || outlet.closed() || guard.full()) {
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
    }
}
