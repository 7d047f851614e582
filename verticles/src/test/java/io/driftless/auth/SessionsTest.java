package io.driftless.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.MemoryCluster;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import io.driftless.settings.SettingsWatch;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What ended is worthless, and no flood makes a limit forgotten.
class SessionsTest {
    private static final String NAMESPACE = "argocd";
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private final MemoryCluster cluster = new MemoryCluster();
    private Instant now = START;
    private SettingsWatch settings;
    private Revocations revocations;
    private Sessions sessions;
    private AccountChanges changes;
    private String password;

    @BeforeEach
    void start() throws Exception {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","namespace":"argocd"},
                 "data":{"accounts.ci":"apiKey","accounts.eve":"login","accounts.eve.enabled":"false"}}
                """);
        cluster.create(config, "test", false);
        settings = new SettingsWatch(cluster, NAMESPACE);
        new Bootstrap(cluster, NAMESPACE, settings).run(now);
        revocations = new Revocations(cluster, NAMESPACE);
        sessions = new Sessions(settings, revocations, (project, role, id, iat) -> id.equals("known"), () -> now);
        changes = new AccountChanges(sessions, settings, () -> now);
        password = new String(
                Base64.getDecoder()
                        .decode(cluster.get(
                                        new ResourceId("", "Secret", NAMESPACE, "argocd-initial-admin-secret"), null)
                                .orElseThrow()
                                .at("/data/password")
                                .asText()),
                UTF_8);
    }

    @AfterEach
    void stop() {
        revocations.close();
        settings.close();
    }

    @Test
    void aNewInstallationHasARandomPasswordAndKeepsIt() {
        assertThat(password).hasSize(16);
        String hash = settings.get().secretText("admin.password").orElseThrow();
        new Bootstrap(cluster, NAMESPACE, settings).run(now);
        assertThat(settings.get().secretText("admin.password")).contains(hash);
        assertThat(settings.get().secretText("server.secretkey").orElseThrow()).hasSizeGreaterThan(32);
    }

    @Test
    void whoLogsInIsKnownByTheToken() {
        Caller caller = sessions.caller(sessions.login("admin", password, ""));
        assertThat(caller.subject()).isEqualTo("admin");
        assertThat(caller.kind()).isEqualTo(Caller.Kind.SESSION);
        assertThat(caller.expiresAt()).isEqualTo(START.plusSeconds(24 * 3600));
    }

    @Test
    void everyFailedLoginGetsTheSameAnswer() {
        for (String[] login : new String[][] {
            {"admin", "wrong"},
            {"nobody", password},
            {"eve", "x"},
            {"ci", "x"},
            {"admin", ""},
            {"", ""},
            {"a".repeat(33), password},
            {"admin", "x".repeat(100_000)}
        }) {
            assertThatThrownBy(() -> sessions.login(login[0], login[1], ""))
                    .isInstanceOfSatisfying(HttpFailure.class, failure -> {
                        assertThat(failure.status()).isEqualTo(401);
                        assertThat(failure.text()).isEqualTo("Invalid username or password");
                    });
        }
    }

    @Test
    void afterFiveFailuresEvenTheRightPasswordIsRefusedForAWhile() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> sessions.login("admin", "wrong", "")).isInstanceOf(HttpFailure.class);
        }
        assertThatThrownBy(() -> sessions.login("admin", password, "")).hasMessage("Invalid username or password");
        now = now.plusSeconds(301);
        assertThat(sessions.login("admin", password, "")).isNotEmpty();
    }

    @Test
    void loginsAreToldWithoutWhatWasTyped() {
        try (SecurityLines heard = new SecurityLines()) {
            assertThatThrownBy(() -> sessions.login("my-p4ssword", "typed", "10.0.0.1"))
                    .isInstanceOf(HttpFailure.class);
            sessions.login("admin", password, "10.0.0.2");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> sessions.login("admin", "wr0ng", "10.0.0.3"))
                        .isInstanceOf(HttpFailure.class);
            }

            assertThat(heard.of(SecurityEvent.LOGIN_FAILED))
                    .first()
                    .satisfies(line -> assertThat(line)
                            .contains("security=2", "from=\"10.0.0.1\"")
                            .doesNotContain("account"));
            assertThat(heard.of(SecurityEvent.LOGIN))
                    .containsExactly("security=1 event=login account=\"admin\" from=\"10.0.0.2\" msg=\"logged in\"");
            assertThat(heard.of(SecurityEvent.LOGIN_LOCKED))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("security=3", "CWE=307", "account=\"admin\"", "from=\"10.0.0.3\""));
            assertThat(heard.all())
                    .hasSize(8)
                    .allSatisfy(line -> assertThat(line).doesNotContain("my-p4ssword", "typed", password, "wr0ng"));
        }
    }

    @Test
    void j07NoFloodOfOtherNamesMakesFailuresOfAnAccountForgotten() {
        LoginLimits limits = new LoginLimits();
        Set<String> accounts = Set.of("admin");
        for (int i = 0; i < 5; i++) {
            limits.failed("admin", accounts, now);
        }
        for (int i = 0; i < 1_000_000; i++) {
            limits.failed("name" + i, accounts, now);
        }
        assertThat(limits.refused("admin", accounts, now)).isTrue();
        assertThat(limits.refused("name1", accounts, now)).isTrue();
    }

    @Test
    void j06ASessionEndsWithItsTimeALogoutOrAnotherPassword() {
        String expired = sessions.login("admin", password, "");
        now = now.plusSeconds(24 * 3600 + 61);
        assertThatThrownBy(() -> sessions.caller(expired)).isInstanceOf(HttpFailure.class);

        String ended = sessions.login("admin", password, "");
        sessions.logout(sessions.caller(ended));
        assertThatThrownBy(() -> sessions.caller(ended)).isInstanceOf(HttpFailure.class);
        try (Revocations elsewhere = new Revocations(cluster, NAMESPACE)) {
            Sessions other = new Sessions(settings, elsewhere, (project, role, id, iat) -> false, () -> now);
            assertThatThrownBy(() -> other.caller(ended)).isInstanceOf(HttpFailure.class);
        }

        String older = sessions.login("admin", password, "");
        now = now.plusSeconds(1);
        changes.password("admin", password, "admin", "another password");
        assertThatThrownBy(() -> sessions.caller(older)).isInstanceOf(HttpFailure.class);
        assertThat(sessions.caller(sessions.login("admin", "another password", ""))
                        .subject())
                .isEqualTo("admin");
    }

    @Test
    void aNewPasswordNeedsTheOldOneAndTheRule() {
        assertThatThrownBy(() -> changes.password("admin", "wrong", "admin", "long enough"))
                .hasMessage("current password does not match");
        assertThatThrownBy(() -> changes.password("admin", password, "admin", "short"))
                .hasMessageContaining("does not match the following expression");
    }

    @Test
    void j06ATokenOfAnAccountIsGoodWhileItIsListed() {
        String token = changes.createToken("ci", "nightly", 0);
        assertThat(sessions.caller(token).kind()).isEqualTo(Caller.Kind.API_KEY);
        assertThatThrownBy(() -> changes.createToken("ci", "nightly", 0)).hasMessageContaining("already has token");
        changes.deleteToken("ci", "nightly");
        assertThatThrownBy(() -> sessions.caller(token)).isInstanceOf(HttpFailure.class);
        assertThatThrownBy(() -> changes.createToken("eve", "x", 0)).hasMessageContaining("apiKey");
    }

    @Test
    void j06ATokenOfAnAccountThatIsGoneOrSwitchedOffIsWorthless() {
        String token = changes.createToken("ci", "", 0);
        settings.changeConfig(config -> {
            config.put("accounts.ci.enabled", "false");
            return config;
        });
        assertThatThrownBy(() -> sessions.caller(token)).isInstanceOf(HttpFailure.class);
        settings.changeConfig(config -> Map.of());
        assertThatThrownBy(() -> sessions.caller(token)).isInstanceOf(HttpFailure.class);
    }

    @Test
    void aTokenOfAProjectRoleIsGoodWhileTheProjectListsIt() {
        String known = sessions.issue("proj:team:ci", "known", now, null);
        assertThat(sessions.caller(known).subject()).isEqualTo("proj:team:ci");
        String unknown = sessions.issue("proj:team:ci", "other", now, null);
        assertThatThrownBy(() -> sessions.caller(unknown)).isInstanceOf(HttpFailure.class);
    }

    @Test
    void secretsAreNotPartOfAnyText() {
        assertThat(settings.get().toString())
                .doesNotContain(settings.get().secretText("server.secretkey").orElseThrow());
        assertThat(sessions.accounts().get("admin").toString()).isEqualTo("Account[admin]");
    }
}
