package io.driftless.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLines;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest extends WebhookStand {
    @Test
    void takesAGitHubPushWithTheRightSignatureOnly() throws Exception {
        secrets = secrets(Map.of("webhook.github.secret", "It's a Secret to Everybody"));
        String body = github("");
        String right = "sha256=" + Signatures.hmacHex(body.getBytes(UTF_8), "It's a Secret to Everybody");

        assertThat(post(body, "X-GitHub-Event", "push").statusCode()).isEqualTo(401);
        for (String wrong : List.of(
                right.toUpperCase(java.util.Locale.ROOT),
                right.replace("sha256=", "sha1="),
                right + "0",
                "sha256=",
                "x")) {
            assertThat(post(body, "X-GitHub-Event", "push", "X-Hub-Signature-256", wrong)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(post(body + " ", "X-GitHub-Event", "push", "X-Hub-Signature-256", right)
                        .statusCode())
                .isEqualTo(401);
        assertThat(published).isEmpty();
        assertThat(post(body, "X-GitHub-Event", "push", "X-Hub-Signature-256", right)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void w08AndW14WhatIsUnprovenOrSaysTwoThingsIsToldToOperators() throws Exception {
        secrets = secrets(Map.of("webhook.github.secret", "h1dden"));
        try (SecurityLines heard = new SecurityLines()) {
            assertThat(post(github(""), "X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256=gu3ss")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(post("{\"repository\":\"https://a/b\",\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}")
                            .statusCode())
                    .isEqualTo(400);

            assertThat(heard.of(SecurityEvent.HOOK_UNPROVEN))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("security=2 CWE=345 ")
                            .contains("from=\"127.0.0.1\"", "github"));
            assertThat(heard.of(SecurityEvent.HOOK_AMBIGUOUS))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).startsWith("security=2 CWE=436 ").contains("from=\"127.0.0.1\"", "'ref'"));
            assertThat(heard.all().toString()).doesNotContain("h1dden", "gu3ss");
        }
    }

    @Test
    void aSecretCannotBeAvoidedByPretendingToBeAnotherProvider() throws Exception {
        secrets = secrets(Map.of("webhook.gitlab.secret", "token", "webhook.generic.secret", "other"));

        assertThat(post(GENERIC).statusCode()).isEqualTo(401);
        assertThat(post(GENERIC, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "other")
                        .statusCode())
                .isEqualTo(401);
        assertThat(published).isEmpty();
    }

    @Test
    void aSecretThatPointsToNothingRefusesEverything() throws Exception {
        secrets = secrets(Map.of("webhook.generic.secret", "$elsewhere:key"));

        HttpResponse<String> answer = post(GENERIC);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("argocd-secret").doesNotContain("$elsewhere");
    }
}
