package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.Topic;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.driftless.stage.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What an instance that lost a cluster says after its successor must not stand.
class LateRecordsTest {
    private static final String SERVER = "https://kubernetes.default.svc";
    private static final GroupKind KIND = new GroupKind("", "ConfigMap");

    private final Published published = new Published();
    private final LiveAudit audit = new LiveAudit(SERVER, published);
    private final LiveObject reader =
            new LiveObject(SERVER, "argocd", new Redaction(SealKey.of(new byte[32])), name -> Set.of());
    private final KindWatcher watcher = new KindWatcher(
            reader, Map.of(), this::hear, new ChildObserver(SERVER, new ChildTopic(this::hear)).index(), new Silent());

    @Test
    void anOverwrittenObjectIsObservedAnewWhenItStaysOverwritten() {
        watcher.changed(Change.ADDED, object("7"));
        assertThat(audit.strayed(Map.of(KIND, watcher))).isEmpty();

        hear(reader.read(object("5")).orElseThrow());
        assertThat(audit.strayed(Map.of(KIND, watcher))).as("may be on its way").isEmpty();
        assertThat(audit.strayed(Map.of(KIND, watcher))).containsExactly(KIND);
    }

    @Test
    void whatWasSaidOfTheClusterIsSaidAgainWhenAnotherSaidOtherwise() {
        var seen = new ClusterObserved(SERVER, List.of(KIND), List.of());
        hear(seen);
        assertThat(audit.overruled(seen)).isFalse();

        hear(new ClusterUnreachable(SERVER, "long ago"));
        assertThat(audit.overruled(seen)).isTrue();
        assertThat(audit.overruled(seen)).isFalse();
    }

    @Test
    void aKindIsKnownFromItsRecordsAlone() {
        ResourceObserved seen = reader.read(object("5")).orElseThrow();

        assertThat(published.fold(fact(seen))).isTrue();
        assertThat(published.fold(fact(seen))).isFalse();
        assertThat(published.kinds(SERVER)).containsExactly(KIND);
    }

    private CompletableFuture<Void> hear(io.driftless.stage.Publication publication) {
        if (publication.event() != null) {
            hear(publication.event());
        }
        return CompletableFuture.completedFuture(null);
    }

    private void hear(Event event) {
        published.fold(fact(event));
    }

    private static Fact fact(Event event) {
        return new Fact(Topic.LIVE, event.key(), new Envelope("1", "/t", Instant.EPOCH, "c", null, event));
    }

    private static ObjectNode object(String version) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("namespace", "prod").put("name", "a").put("uid", "u1").put("resourceVersion", version);
        metadata.putObject("annotations").put(TrackingId.ANNOTATION, "shop:/ConfigMap:prod/a");
        return object;
    }

    private static final class Silent implements KindWatcher.Events {
        @Override
        public void complete() {}

        @Override
        public void unreachable(String reason, long sinceMillis) {}

        @Override
        public void reachable() {}

        @Override
        public void lost(Throwable reason) {}
    }
}
