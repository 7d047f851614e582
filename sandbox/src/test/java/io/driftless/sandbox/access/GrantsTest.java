package io.driftless.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static Rule rule(List<String> verbs, String group, String resource, String... names) {
        return new Rule(verbs, List.of(group), List.of(resource), List.of(names), List.of());
    }

    @Test
    void whatIsHeldCanBeGivenOnAndNothingElse() {
        List<Rule> held = List.of(rule(List.of("get", "list"), "", "configmaps"));

        assertThat(Grants.missing(held, List.of(rule(List.of("get"), "", "configmaps", "a"))))
                .isEmpty();
        assertThat(Grants.missing(held, List.of(rule(List.of("get", "delete"), "", "configmaps"))))
                .containsExactly("{APIGroups:[\"\"], Resources:[\"configmaps\"], Verbs:[\"delete\"]}");
        assertThat(Grants.missing(held, List.of(rule(List.of("*"), "*", "*")))).hasSize(1);
    }

    @Test
    void aNamedRightIsNoRightOnAll() {
        List<Rule> held = List.of(rule(List.of("get"), "", "secrets", "a"));

        assertThat(Grants.missing(held, List.of(rule(List.of("get"), "", "secrets", "a"))))
                .isEmpty();
        assertThat(Grants.missing(held, List.of(rule(List.of("get"), "", "secrets"))))
                .isNotEmpty();
    }

    @Test
    void aSubresourceIsCoveredByItsOwnRightAlone() {
        List<Rule> held = List.of(rule(List.of("patch"), "apps", "deployments"));
        List<Rule> any = List.of(rule(List.of("patch"), "apps", "*/scale"));
        List<Rule> scale = List.of(rule(List.of("patch"), "apps", "deployments/scale"));

        assertThat(Grants.missing(held, scale)).isNotEmpty();
        assertThat(Grants.missing(any, scale)).isEmpty();
    }
}
