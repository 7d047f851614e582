package io.driftless.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// GitHub, and hosts that send the same headers beside their own (Gitea, Forgejo).
final class GitHub implements Provider {
    /// GitHub names at most this many commits of a push.
    private static final int MOST_COMMITS = 2_048;

    @Override
    public String name() {
        return "github";
    }

    @Override
    public boolean claims(MultiMap headers) {
        return headers.contains("X-GitHub-Event");
    }

    @Override
    public HookSecret secret(WebhookSecrets secrets) {
        return secrets.github();
    }

    @Override
    public boolean proves(MultiMap headers, byte[] body, String secret) {
        return Signatures.hmac(headers.get("X-Hub-Signature-256"), body, secret);
    }

    @Override
    public Reading read(MultiMap headers, StrictJson.Read payload) {
        String event = headers.get("X-GitHub-Event");
        return switch (event) {
            case "ping" -> new Reading.Ignored("ping: the hook is set up");
            case "push" -> new Reading.Pushed(push(payload));
            default -> throw HttpFailure.invalid("unknown event; let the hook send push events only");
        };
    }

    private static Push push(StrictJson.Read payload) {
        ObjectNode object = payload.object();
        JsonNode repository = Payload.object(object, "repository");
        return new Push(
                Payload.urls(repository, "clone_url", "ssh_url", "html_url", "git_url"),
                Refs.ref(Payload.text(object, "ref")),
                Refs.id("before", Payload.optionalText(object, "before")),
                Refs.id("after", Payload.optionalText(object, "after")),
                payload.truncated() ? null : paths(object));
    }

    /// A forced push, a new or a deleted ref changes more than its commits name.
    private static @Nullable List<String> paths(ObjectNode object) {
        JsonNode commits = object.path("commits");
        boolean whole = !object.path("forced").asBoolean()
                && !object.path("created").asBoolean()
                && !object.path("deleted").asBoolean()
                && commits.size() < MOST_COMMITS;
        return whole ? Payload.changedPaths(commits, "added", "modified", "removed") : null;
    }
}
