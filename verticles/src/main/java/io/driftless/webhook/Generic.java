package io.driftless.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.StrictJson;
import io.vertx.core.MultiMap;
import java.util.List;

/// Any other sender, such as a post-receive hook with curl: `{"repository": URL or {"url",
/// "clone_url"}, "ref", "before", "after", "changedPaths"}`.
final class Generic implements Provider {
    @Override
    public String name() {
        return "generic";
    }

    /// Hosts that announce themselves are not taken for somebody else.
    @Override
    public boolean claims(MultiMap headers) {
        return !headers.contains("X-Gogs-Event")
                && !headers.contains("X-Gitea-Event")
                && !headers.contains("X-Event-Key")
                && !headers.contains("X-Hook-UUID")
                && !headers.contains("X-Vss-Activityid");
    }

    @Override
    public HookSecret secret(WebhookSecrets secrets) {
        return secrets.generic();
    }

    @Override
    public boolean proves(MultiMap headers, byte[] body, String secret) {
        return Signatures.hmac(headers.get("X-Driftless-Signature-256"), body, secret);
    }

    @Override
    public Reading read(MultiMap headers, StrictJson.Read payload) {
        ObjectNode object = payload.object();
        return new Reading.Pushed(new Push(
                urls(object),
                Refs.ref(Payload.text(object, "ref")),
                Refs.id("before", Payload.optionalText(object, "before")),
                Refs.id("after", Payload.optionalText(object, "after")),
                payload.truncated() ? null : Payload.paths(object.path("changedPaths"))));
    }

    private static List<String> urls(ObjectNode object) {
        JsonNode repository = object.path("repository");
        return repository.isTextual()
                ? Payload.urls(object, "repository")
                : Payload.urls(Payload.object(object, "repository"), "url", "clone_url", "ssh_url", "html_url");
    }
}
