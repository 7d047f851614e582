package io.driftless.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.PushEvent.RepositoryPushed;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRoutesTest extends WebhookStand {
    @Test
    void publishesAGenericPushOnceTheBrokerHasIt() throws Exception {
        HttpResponse<String> answer = post(GENERIC);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"accepted\":1", published.getFirst().chain());
        RepositoryPushed pushed = pushed().getFirst();
        assertThat(pushed.repository()).isEqualTo("git.example/org/repo");
        assertThat(pushed.after()).isEqualTo(AFTER);
        assertThat(pushed.changedPaths()).isNull();
    }

    @Test
    void publishesAGitHubPushForEachDistinctRepositoryItNames() throws Exception {
        HttpResponse<String> answer = post(github(""), "X-GitHub-Event", "push");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(pushed()).extracting(RepositoryPushed::repository).containsExactly("github.com/org/repo");
        assertThat(pushed().getFirst().changedPaths()).containsExactly("a.yaml", "b.yaml");
        assertThat(pushed().getFirst().before()).isEqualTo(BEFORE);
    }

    @Test
    void knowsNoChangedPathsOfAForcedGitHubPush() throws Exception {
        post(github("\"forced\":true,"), "X-GitHub-Event", "push");

        assertThat(pushed().getFirst().changedPaths()).isNull();
    }

    @Test
    void knowsNoChangedPathsWhenThereAreTooMany() throws Exception {
        StringBuilder files = new StringBuilder("\"f0\"");
        for (int i = 1; i < 1_500; i++) {
            files.append(",\"f").append(i).append('"');
        }
        post(GENERIC.replace("}", ",\"changedPaths\":[" + files + "]}"));

        assertThat(pushed().getFirst().changedPaths()).isNull();
    }

    @Test
    void readsGitLabPushesAndSystemHooks() throws Exception {
        secrets = secrets(Map.of("webhook.gitlab.secret", "token"));
        String body = "{\"event_name\":\"push\",\"ref\":\"refs/heads/main\",\"before\":\"" + BEFORE + "\",\"after\":\""
                + AFTER
                + "\",\"total_commits_count\":1,\"commits\":[{\"added\":[],\"modified\":[\"x\"],\"removed\":[]}],"
                + "\"project\":{\"git_http_url\":\"https://gitlab.example/g/p.git\",\"git_ssh_url\":\"git@gitlab.example:g/p.git\"}}";

        for (String event : List.of("Push Hook", "System Hook")) {
            assertThat(post(body, "X-Gitlab-Event", event, "X-Gitlab-Token", "token")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(pushed()).hasSize(2).allSatisfy(push -> {
            assertThat(push.repository()).isEqualTo("gitlab.example/g/p");
            assertThat(push.changedPaths()).containsExactly("x");
        });
    }

    @Test
    void ignoresGitLabEventsThatAreNoPushSoThatTheHookStaysOn() throws Exception {
        HttpResponse<String> answer = post("{\"object_kind\":\"issue\"}", "X-Gitlab-Event", "Issue Hook");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"accepted\":0");
        assertThat(published).isEmpty();
    }

    @Test
    void answersAGitHubPingAndRefusesEventsItDoesNotKnow() throws Exception {
        assertThat(post("{\"zen\":\"x\"}", "X-GitHub-Event", "ping").statusCode())
                .isEqualTo(200);
        assertThat(post("{}", "X-GitHub-Event", "deployment").statusCode()).isEqualTo(400);
        assertThat(post("{}", "X-Event-Key", "repo:refs_changed").body()).contains("unknown provider");
        assertThat(published).isEmpty();
    }

    @Test
    void saysUnavailableWhenTheBrokerFailsOrDoesNotAnswer() throws Exception {
        broker = Future.failedFuture(new IllegalStateException("broker at secret-host is gone"));
        HttpResponse<String> failed = post(GENERIC);
        broker = io.vertx.core.Promise.<Void>promise().future();
        HttpResponse<String> silent = post(GENERIC);

        assertThat(List.of(failed.statusCode(), silent.statusCode())).containsOnly(503);
        assertThat(failed.headers().firstValue("Retry-After")).isPresent();
        assertThat(failed.body()).doesNotContain("secret-host");
        assertThat(published).isEmpty();
    }

    @Test
    void treatsARepositoryUrlAsPlainText() throws Exception {
        String body = "{\"repository\":\"https://.*\\\\.example\\\\.com/(a+)+$\",\"ref\":\"refs/heads/main\"}";

        assertThat(post(body).statusCode()).isEqualTo(200);
        assertThat(pushed().getFirst().repository()).isEqualTo(".*\\.example\\.com/(a+)+$");
    }
}
