package io.driftless.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.http.Answers;
import io.driftless.http.BodyReader;
import io.driftless.http.HttpFailure;
import io.driftless.http.Publisher;
import io.driftless.http.Remote;
import io.driftless.http.StrictJson;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.stage.Publication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /api/webhook`: reads, proves, publishes, answers. 2xx means that the broker has the push.
public final class WebhookRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);
    /// Larger payloads are digested and parsed off the event loop.
    private static final int SMALL_BYTES = 128 * 1024;
    /// In this order, so that headers of two kinds have one meaning: the first that claims decides.
    private static final List<Provider> PROVIDERS = List.of(new GitHub(), new GitLab(), new Generic());

    private final Vertx vertx;
    private final WebhookConfig config;
    private final Supplier<WebhookSecrets> secrets;
    private final Publisher publisher;
    private final BodyReader bodies;

    /// @param secrets asked for every request, so that a changed Secret counts at once
    public WebhookRoutes(Vertx vertx, WebhookConfig config, Supplier<WebhookSecrets> secrets, Publisher publisher) {
        this.vertx = vertx;
        this.config = config;
        this.secrets = secrets;
        this.publisher = publisher;
        this.bodies = new BodyReader(config.maxBodyBytes(), config.bodyTimeout(), config.maxHeldBytes());
    }

    public void mount(Router router) {
        router.route("/api/webhook").handler(this::take);
    }

    private void take(RoutingContext context) {
        if (!context.request().method().equals(HttpMethod.POST)) {
            Answers.fail(context, HttpFailure.method("POST"));
            return;
        }
        if (!json(context.request().getHeader("Content-Type"))) {
            Answers.fail(context, HttpFailure.mediaType("set the content type of the hook to application/json"));
            return;
        }
        bodies.read(context, body -> understand(context, body))
                .compose(this::publish)
                .onSuccess(answer -> Answers.json(context, 200, answer))
                .onFailure(problem -> refuse(context, problem));
    }

    private static boolean json(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }

    private Future<Understood> understand(RoutingContext context, Buffer body) {
        byte[] bytes = body.getBytes();
        return bytes.length <= SMALL_BYTES
                ? Future.succeededFuture(understood(context, bytes))
                : vertx.executeBlocking(() -> understood(context, bytes), false);
    }

    private Understood understood(RoutingContext context, byte[] body) {
        var headers = context.request().headers();
        Provider provider = PROVIDERS.stream()
                .filter(candidate -> candidate.claims(headers))
                .findFirst()
                .orElseThrow(() -> HttpFailure.invalid(
                        "unknown provider: hooks of GitHub, GitLab and generic JSON are understood; others are not"
                                + " supported yet"));
        switch (provider.secret(secrets.get())) {
            case HookSecret.Unset() -> {}
            case HookSecret.Given(String secret) -> {
                if (!provider.proves(headers, body, secret)) {
                    throw HttpFailure.unauthenticated(
                            "the signature or token of the " + provider.name() + " hook is missing or wrong");
                }
            }
            case HookSecret.Missing(String where) ->
                throw HttpFailure.unauthenticated("the secret that " + where + " points to does not exist");
        }
        return new Understood(provider.name(), provider.read(headers, StrictJson.object(body)));
    }

    private Future<ObjectNode> publish(Understood understood) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return switch (understood.reading()) {
            case Reading.Ignored(String reason) ->
                Future.succeededFuture(answer.put("accepted", 0).put("reason", reason));
            case Reading.Pushed(Push push) -> {
                String chain = UUID.randomUUID().toString();
                List<RepositoryPushed> events = push.events(understood.provider());
                yield Future.all(events.stream()
                                .map(event -> publisher.publish(Publication.of(event, chain)))
                                .toList())
                        .timeout(config.ackTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .recover(down -> Future.failedFuture(brokerDown(down)))
                        .map(acknowledged ->
                                answer.put("accepted", events.size()).put("chain", chain));
            }
        };
    }

    private static HttpFailure brokerDown(Throwable down) {
        LOG.warn("a push could not be published: {}", down.toString());
        return HttpFailure.unavailable("the broker did not acknowledge the push; send it again");
    }

    private static void refuse(RoutingContext context, Throwable problem) {
        if (problem instanceof HttpFailure failure) {
            if (failure.status() == 401) {
                tell(SecurityEvent.HOOK_UNPROVEN, context, failure);
            } else if (StrictJson.ambiguous(failure)) {
                tell(SecurityEvent.HOOK_AMBIGUOUS, context, failure);
            }
        }
        Answers.fail(context, problem);
    }

    private static void tell(SecurityEvent event, RoutingContext context, HttpFailure failure) {
        SecurityLog.tell(event, failure.text(), "from", Remote.of(context.request()));
    }

    private record Understood(String provider, Reading reading) {}
}
