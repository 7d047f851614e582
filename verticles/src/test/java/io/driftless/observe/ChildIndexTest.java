package io.driftless.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.cluster.ObjectIds;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChildIndexTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ApplicationName APP = new ApplicationName("argocd", "app");
    private final Map<String, ChildObserved> told = new TreeMap<>();
    private int messages;
    private final ChildIndex index = new ChildIndex("cluster", new ChildIndex.Told() {
        @Override
        public void below(ChildObserved child) {
            told.put(child.uid(), child);
            messages++;
        }

        @Override
        public void gone(String uid) {
            told.remove(uid);
        }
    });

    private final JsonNode deployment = object("apps/v1", "Deployment", "shop", "web", "d", "");
    private final JsonNode set = object("apps/v1", "ReplicaSet", "shop", "web-1", "r", "d");
    private final JsonNode pod = object("v1", "Pod", "shop", "web-1-a", "p", "r");

    @Test
    void whatLiesBelowIsFoundInWhateverOrderItComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            List<Runnable> news = new ArrayList<>(List.of(
                    () -> root(deployment), () -> child(set), () -> child(pod), () -> child(set), () -> child(pod)));
            Collections.shuffle(news, random);
            news.forEach(Runnable::run);
            assertThat(told.keySet()).as("seed " + seed).containsExactly("p", "r");
            assertThat(told.get("p").owners())
                    .extracting(owner -> owner.resource().name())
                    .containsExactly("web-1");
            List<Runnable> ends = new ArrayList<>(
                    List.of(() -> index.rootGone("d"), () -> index.remove("r"), () -> index.remove("p")));
            Collections.shuffle(ends, random);
            ends.forEach(Runnable::run);
            assertThat(told).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void whatIsBelowNoApplicationIsNotTold() {
        child(set);
        child(pod);
        assertThat(told).isEmpty();
        root(deployment);
        index.rootGone("d");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsTrackedItselfIsNoChild() {
        root(deployment);
        child(set);
        root(set);
        assertThat(told).isEmpty();
        child(pod);
        assertThat(told.keySet()).containsExactly("p");
        index.rootGone("r");
        assertThat(told.keySet()).containsExactly("p", "r");
    }

    @Test
    void anOwnerInAnotherNamespaceDoesNotCount() {
        root(deployment);
        child(object("v1", "Pod", "elsewhere", "intruder", "i", "d"));
        assertThat(told).isEmpty();
    }

    @Test
    void ownersInACircleLeadNowhere() {
        child(object("v1", "Pod", "shop", "a", "a", "b"));
        child(object("v1", "Pod", "shop", "b", "b", "a"));
        assertThat(told).isEmpty();
    }

    @Test
    void aClaimIsBelowTheSetThatHasItsTemplate() throws Exception {
        root(JSON.readTree("""
                {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db-main","namespace":"shop","uid":"s"},
                 "spec":{"volumeClaimTemplates":[{"metadata":{"name":"data"}}]}}
                """));
        child(object("v1", "PersistentVolumeClaim", "shop", "data-db-main-0", "c0", ""));
        child(object("v1", "PersistentVolumeClaim", "shop", "other-db-main-0", "c1", ""));
        child(object("v1", "PersistentVolumeClaim", "shop", "data-db-main-x", "c2", ""));
        assertThat(told.keySet()).containsExactly("c0");
        assertThat(told.get("c0").owners().getFirst().uid()).isEqualTo("s");
    }

    @Test
    void aChangeCostsWhatLiesBelowItAlone() {
        root(deployment);
        child(set);
        for (int i = 0; i < 100; i++) {
            child(object("v1", "Pod", "shop", "web-1-" + i, "p" + i, "r"));
        }
        messages = 0;
        child(object("v1", "Pod", "shop", "web-1-7", "p7", "r"));
        assertThat(messages).isEqualTo(1);
    }

    private void root(JsonNode object) {
        index.root(APP, ObjectIds.of(object), object);
    }

    private void child(JsonNode object) {
        index.put(Child.of(object));
    }

    private static JsonNode object(
            String apiVersion, String kind, String namespace, String name, String uid, String owner) {
        String owners = owner.isEmpty()
                ? ""
                : ",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"X\",\"name\":\"x\",\"uid\":\"" + owner
                        + "\"}]";
        try {
            return JSON.readTree("""
                    {"apiVersion":"%s","kind":"%s","metadata":{"namespace":"%s","name":"%s","uid":"%s"%s}}
                    """.formatted(apiVersion, kind, namespace, name, uid, owners));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
