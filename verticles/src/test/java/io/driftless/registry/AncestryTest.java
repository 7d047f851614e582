package io.driftless.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.Condition;
import org.junit.jupiter.api.Test;

/// Who deploys whom, without a cluster.
class AncestryTest {
    private final Ancestry ancestry = new Ancestry("argocd");

    @Test
    void a07TenAboveAreAllowedAndElevenAreNot() {
        for (int level = 1; level <= 1_000; level++) {
            assertThat(deployed("app-" + level, "app-" + (level - 1))).isTrue();
        }
        assertThat(ancestry.conditions(name("app-10"))).isEmpty();
        assertThat(ancestry.conditions(name("app-11")))
                .singleElement()
                .satisfies(condition -> assertThat(condition.error()).isTrue());
        assertThat(ancestry.below(name("app-0"))).hasSize(1_000);

        assertThat(ancestry.remove(name("app-5"))).isTrue();
        assertThat(ancestry.conditions(name("app-11"))).isEmpty();
        assertThat(ancestry.below(name("app-0"))).hasSize(4);
    }

    @Test
    void a07WhoIsPartOfACircleIsToldAndWhoIsBelowOneIsNot() {
        deployed("a", "c");
        deployed("b", "a");
        deployed("c", "b");
        deployed("below", "a");
        assertThat(ancestry.conditions(name("a"))).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.APPLICATION_CYCLE_WARNING);
            assertThat(condition.error()).isFalse();
            assertThat(condition.message()).contains("argocd/a > argocd/b > argocd/c > argocd/a");
        });
        assertThat(ancestry.conditions(name("below"))).isEmpty();
        assertThat(ancestry.below(name("a"))).hasSize(4);

        assertThat(deployed("c", "elsewhere")).isTrue();
        assertThat(deployed("c", "elsewhere")).as("nothing new").isFalse();
        assertThat(ancestry.conditions(name("a"))).isEmpty();
    }

    @Test
    void anIdThatWasCopiedFromAnotherObjectSaysNothing() {
        assertThat(ancestry.put(name("copy"), object("a:argoproj.io/Application:argocd/original")))
                .isFalse();
        assertThat(ancestry.put(name("none"), object(""))).isFalse();
        assertThat(ancestry.put(name("odd"), object("NOT A NAME:argoproj.io/Application:argocd/odd")))
                .isFalse();
        ApplicationName ofTeam = new ApplicationName("team", "app");
        assertThat(ancestry.put(ofTeam, object("team_app:argoproj.io/Application:team/app")))
                .isTrue();
        assertThat(ancestry.conditions(ofTeam)).hasSize(1);
    }

    private boolean deployed(String child, String parent) {
        return ancestry.put(name(child), object(parent + ":argoproj.io/Application:argocd/" + child));
    }

    private static ApplicationName name(String name) {
        return new ApplicationName("argocd", name);
    }

    private static JsonNode object(String trackingId) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").putObject("annotations").put("argocd.argoproj.io/tracking-id", trackingId);
        return object;
    }
}
