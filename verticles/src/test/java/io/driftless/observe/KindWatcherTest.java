package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.cluster.Cluster.Change;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.GroupKind;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.driftless.stage.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What is told at once, and what may be told a moment later.
class KindWatcherTest {
    private final List<String> told = new ArrayList<>();
    private final KindWatcher watcher = new KindWatcher(
            new LiveObject("https://c", "argocd", new Redaction(SealKey.of(new byte[32])), KindWatcherTest::managers),
            Map.of(),
            new Say() {
                @Override
                public CompletionStage<?> say(Publication publication) {
                    told.add("at once");
                    return CompletableFuture.completedFuture(true);
                }

                @Override
                public CompletionStage<?> sayLater(Publication publication) {
                    told.add("later");
                    return CompletableFuture.completedFuture(true);
                }
            },
            new ChildIndex("https://c", new ChildIndex.Told() {
                @Override
                public void below(ChildObserved child) {}

                @Override
                public void gone(String uid) {}
            }),
            new KindNotes(new GroupKind("", "ConfigMap"), new ArrayList<>()));

    private static Set<String> managers(ApplicationName application) {
        return Set.of();
    }

    private static JsonNode map(int version, String... managers) throws JsonProcessingException {
        StringBuilder entries = new StringBuilder();
        for (String manager : managers) {
            String[] parts = manager.split(" ");
            entries.append(entries.isEmpty() ? "" : ",").append("""
                    {"manager":"%s","operation":"%s","time":"2026-01-01T10:00:%sZ"}""".formatted(parts[0], parts[1], parts[2]));
        }
        return new ObjectMapper().readTree("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b","uid":"u","resourceVersion":"%d",
                 "annotations":{"argocd.argoproj.io/tracking-id":"app:/ConfigMap:b/a"},"managedFields":[%s]}}
                """.formatted(version, entries));
    }

    @Test
    void whatWeWroteMayBeToldLater() throws Exception {
        watcher.changed(Change.MODIFIED, map(1, "argocd-controller Apply 02"));
        watcher.changed(Change.MODIFIED, map(2, "kubectl Update 01", "argocd-controller Apply 02"));
        assertThat(told).containsExactly("later", "later");
    }

    @Test
    void whatSomebodyElseWroteIsToldAtOnce() throws Exception {
        watcher.changed(Change.MODIFIED, map(1, "argocd-controller Apply 02", "kubectl Update 02"));
        watcher.changed(Change.MODIFIED, map(2, "kubectl Update 03", "argocd-controller Apply 02"));
        watcher.changed(Change.MODIFIED, map(3));
        assertThat(told).containsExactly("at once", "at once", "at once");
    }

    @Test
    void whatIsGoneIsToldAtOnce() throws Exception {
        watcher.changed(Change.MODIFIED, map(1, "argocd-controller Apply 02"));
        watcher.changed(Change.DELETED, map(2, "argocd-controller Apply 02"));
        assertThat(told).containsExactly("later", "at once");
    }
}
