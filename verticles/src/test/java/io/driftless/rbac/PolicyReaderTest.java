package io.driftless.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.rbac.Policy.Request;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A policy is read whole or refused with its line.
class PolicyReaderTest {
    private static final Request GET = new Request("applications", "get", "team/app");

    @Test
    void readsRulesRolesCommentsAndQuotes() throws PolicyException {
        Policy policy = read("""
                # comment
                p, role:dev, applications, get, team/*, allow\r
                p,role:dev,applications,get,"team/secret,app",deny

                g, alice, role:dev
                g, "smith, bob", role:dev
                """);
        assertThat(policy.allows("alice", GET)).isTrue();
        assertThat(policy.allows("smith, bob", GET)).isTrue();
        assertThat(policy.allows("alice", new Request("applications", "get", "team/secret,app")))
                .isFalse();
        assertThat(policy.allows("Alice", GET)).isFalse();
        assertThat(policy.allows("", GET)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", a, b", "p, a, b, c, d", "p, a, b, c, d, allow, x", "p, a, b, c, d, maybe", "p, , b, c, d, allow",
                        "g, a",
                "g, a, b, c", "g, , b", "x, a, b", "p, a, \"b, c, d, allow", "p, a, \"b\"x, c, d, allow",
                        "p, a, b\"c, c, d, allow",
                "p, a, {b, c, d, allow", "p, a, b, [z-a], d, allow", "p, a, b, c, d\0, allow", "P, a, b, c, d, deny"
            })
    void r01ToR05AMalformedLineRefusesTheWholePolicyAndIsNamed(String line) {
        assertThatThrownBy(() -> read("p, a, *, *, *, allow\n" + line + "\np, a, *, *, *, deny\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("policy.csv line 2: ");
    }

    @Test
    void denyWinsOverAllRolesOfASubject() throws PolicyException {
        Policy policy = read("""
                p, role:a, applications, *, */*, allow
                p, role:b, applications, get, team/app, deny
                g, alice, role:a
                g, alice, role:b
                g, bob, role:a
                """);
        assertThat(policy.allows("alice", GET)).isFalse();
        assertThat(policy.allows("bob", GET)).isTrue();
    }

    @Test
    void r05ResourcesAndActionsThatNobodyKnowsAreWarnedOf() throws PolicyException {
        PolicyReader reader = new PolicyReader(TextMatcher.Mode.GLOB).add("policy.csv", """
                        p, a, aplications, get, *, allow
                        p, a, applications, sink, *, allow
                        p, a, applications, action/apps/Deployment/*, *, allow
                        p, a, app*, g?t, *, allow
                        """);

        assertThat(reader.warnings())
                .containsExactly(
                        "policy.csv line 1: nothing asks about the resource aplications",
                        "policy.csv line 2: nothing asks about the action sink");
        assertThat(reader.policy().allows("a", GET)).isTrue();
    }

    @Test
    void r03RolesThatHoldOneAnotherInACircleAreFollowedOnce() throws PolicyException {
        Policy policy = read("g, a, b\ng, b, c\ng, c, a\np, c, applications, get, *, allow\n");
        assertThat(policy.allows("a", GET)).isTrue();
        assertThat(policy.allows("c", GET)).isTrue();
    }

    @Test
    void r01AMillionLinesAreRefusedAtOnce() {
        assertThatThrownBy(() -> read("g, a, b\n".repeat(1_000_000))).hasMessageContaining("more than");
    }

    @Test
    void anyTextIsAPolicyOrRefused() {
        long seed = Long.getLong("fuzz.seed", 5);
        System.out.println("fuzz.seed=" + seed);
        Random random = new Random(seed);
        String alphabet = "pg, \"\n\r\\*?[]{}!-#:/alowdeny\0é";
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "p, a, " : "");
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                read(text.append(random.nextBoolean() ? ", x, y, allow" : "").toString())
                        .allows("a", GET);
                good++;
            } catch (PolicyException refused) {
                assertThat(refused.getMessage()).contains("line ");
            }
        }
        assertThat(good).isPositive();
    }

    private static Policy read(String text) throws PolicyException {
        return PolicyReader.read("policy.csv", text, "");
    }
}
