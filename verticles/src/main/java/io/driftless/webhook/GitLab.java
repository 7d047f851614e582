package io.driftless.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// GitLab: hooks of a project or group, and system hooks. GitLab switches a hook off that is answered with
/// errors, so events that say nothing about Git are taken and ignored.
final class GitLab implements Provider {
    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public boolean claims(MultiMap headers) {
        return headers.contains("X-Gitlab-Event");
    }

    @Override
    public HookSecret secret(WebhookSecrets secrets) {
        return secrets.gitlab();
    }

    @Override
    public boolean proves(MultiMap headers, byte[] body, String secret) {
        return Signatures.token(headers.get("X-Gitlab-Token"), secret);
    }

    @Override
    public Reading read(MultiMap headers, StrictJson.Read payload) {
        String event = headers.get("X-Gitlab-Event");
        return switch (event) {
            case "Push Hook", "Tag Push Hook" -> new Reading.Pushed(push(payload));
            case "System Hook" -> system(payload);
            default -> {
                if (!event.endsWith(" Hook")) {
                    throw HttpFailure.invalid("unknown event; let the hook send push and tag push events");
                }
                yield new Reading.Ignored("not a push");
            }
        };
    }

    private static Reading system(StrictJson.Read payload) {
        String name = Payload.text(payload.object(), "event_name");
        return name.equals("push") || name.equals("tag_push")
                ? new Reading.Pushed(push(payload))
                : new Reading.Ignored("not a push");
    }

    private static Push push(StrictJson.Read payload) {
        ObjectNode object = payload.object();
        JsonNode project = Payload.object(object, "project");
        return new Push(
                Payload.urls(project, "git_http_url", "git_ssh_url", "http_url", "ssh_url", "web_url"),
                Refs.ref(Payload.text(object, "ref")),
                Refs.id("before", Payload.optionalText(object, "before")),
                Refs.id("after", Payload.optionalText(object, "after")),
                payload.truncated() ? null : paths(object));
    }

    /// GitLab names the newest 20 commits only, and says how many there are.
    private static @Nullable List<String> paths(ObjectNode object) {
        JsonNode commits = object.path("commits");
        JsonNode total = object.path("total_commits_count");
        boolean fresh = Refs.id("before", Payload.optionalText(object, "before")) == null;
        return total.isInt() && total.intValue() == commits.size() && !fresh
                ? Payload.changedPaths(commits, "added", "modified", "removed")
                : null;
    }
}
