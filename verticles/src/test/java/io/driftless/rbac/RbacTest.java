package io.driftless.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.auth.Caller;
import io.driftless.auth.Caller.Kind;
import io.driftless.http.HttpFailure;
import io.driftless.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RbacTest {
    private final Map<String, ProjectPolicy> projects = new HashMap<>();
    private final Rbac rbac = new Rbac(name -> Optional.ofNullable(projects.get(name)));

    @Test
    void theBuiltInRolesAreThere() {
        assertThat(rbac.allows(user("admin"), "applications", "sync", "default/app"))
                .isTrue();
        assertThat(rbac.allows(user("admin"), "exec", "create", "default/app")).isTrue();
        assertThat(rbac.allows(user("admin"), "applications", "action/apps/Deployment/restart", "default/app"))
                .isTrue();
        assertThat(rbac.allows(user("alice"), "applications", "get", "default/app"))
                .isFalse();
        policy(Map.of("policy.csv", "g, alice, role:readonly"));
        assertThat(rbac.allows(user("alice"), "applications", "get", "default/app"))
                .isTrue();
        assertThat(rbac.allows(user("alice"), "applications", "sync", "default/app"))
                .isFalse();
        assertThat(rbac.allows(user("alice"), "exec", "create", "default/app")).isFalse();
    }

    @Test
    void theDefaultRoleIsForEverybodyAlsoStrangers() {
        policy(Map.of("policy.default", "role:readonly"));
        assertThat(rbac.allows(Caller.ANONYMOUS, "projects", "get", "default")).isTrue();
        assertThat(rbac.allows(Caller.ANONYMOUS, "projects", "update", "default"))
                .isFalse();
    }

    @Test
    void furtherKeysAreReadToo() {
        policy(Map.of(
                "policy.csv",
                "p, alice, projects, get, a, allow",
                "policy.more.csv",
                "p, alice, projects, get, b, allow"));
        assertThat(rbac.allows(user("alice"), "projects", "get", "a")).isTrue();
        assertThat(rbac.allows(user("alice"), "projects", "get", "b")).isTrue();
    }

    @Test
    void r02APolicyThatCannotBeReadLeavesTheLastGoodOneInForce() {
        policy(Map.of("policy.csv", "p, alice, projects, get, a, allow"));
        policy(Map.of("policy.csv", "p, alice, projects, get, *, allow\np, alice, projects, get, b"));
        assertThat(rbac.allows(user("alice"), "projects", "get", "a")).isTrue();
        assertThat(rbac.allows(user("alice"), "projects", "get", "b")).isFalse();
        policy(Map.of());
        assertThat(rbac.allows(user("alice"), "projects", "get", "a")).isFalse();
    }

    @Test
    void regularExpressionsAreFoundAnywhere() {
        policy(Map.of("policy.matchMode", "regex", "policy.csv", "p, alice, ^projects$, get|update, tea, allow"));
        assertThat(rbac.allows(user("alice"), "projects", "update", "a-team")).isTrue();
        assertThat(rbac.allows(user("alice"), "projectsx", "update", "a-team")).isFalse();
    }

    @Test
    void r04APatternThatWouldTakeForeverElsewhereIsLinearHere() {
        policy(Map.of("policy.matchMode", "regex", "policy.csv", "p, alice, projects, get, (a+)+$, allow"));
        String object = "a".repeat(50_000) + '!';
        long start = System.nanoTime();
        assertThat(rbac.allows(user("alice"), "projects", "get", object)).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void groupsCountBesideTheAccount() {
        policy(Map.of("policy.csv", "g, org:ops, role:admin"));
        assertThat(rbac.allows(user("alice", "org:ops"), "clusters", "delete", "https://x"))
                .isTrue();
        assertThat(rbac.allows(user("alice", "org:dev"), "clusters", "delete", "https://x"))
                .isFalse();
    }

    @Test
    void aRoleOfAProjectGivesRightsInItsProjectAlone() throws Exception {
        projects.put("team", project("team", "p, proj:team:ci, applications, sync, team/*, allow"));
        projects.put("other", project("other", "p, proj:other:ci, applications, get, other/*, allow"));
        Caller token = new Caller(Kind.PROJECT_TOKEN, "proj:team:ci", "argocd", List.of(), "id", null, null);
        assertThat(rbac.allows(token, "applications", "sync", "team/app")).isTrue();
        assertThat(rbac.allows(token, "projects", "get", "team")).isTrue();
        assertThat(rbac.allows(token, "applications", "sync", "other/app")).isFalse();
        assertThat(rbac.allows(user("alice", "devs"), "applications", "sync", "team/app"))
                .isTrue();
        assertThat(rbac.allows(user("alice", "devs"), "applications", "delete", "team/app"))
                .isFalse();
    }

    @Test
    void whoMayNotIsToldWhatHeLacksAndStrangersToLogIn() {
        assertThatThrownBy(() -> rbac.require(user("alice"), "projects", "get", "a"))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(403))
                .hasMessage("permission denied: projects, get, a, sub: alice");
        assertThatThrownBy(() -> rbac.require(Caller.ANONYMOUS, "projects", "get", "a"))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(401));
    }

    private static ProjectPolicy project(String name, String policy) throws Exception {
        JsonNode project = new ObjectMapper()
                .readTree("{\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{\"roles\":[{\"name\":\"ci\",\"policies\":[\"" + policy
                        + "\"],\"groups\":[\"devs\"]}]}}");
        return new ProjectPolicy(project);
    }

    private void policy(Map<String, String> data) {
        rbac.take(new Settings(Map.of(), data, Map.of()));
    }

    private static Caller user(String name, String... groups) {
        return new Caller(Kind.SESSION, name, "argocd", List.of(groups), "id", null, null);
    }
}
