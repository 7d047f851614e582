package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.driftless.events.ResourceId;
import io.driftless.pipeline.Records.Said;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/// Values of Secrets are in the cluster and in Git, and nowhere between.
@ExtendWith(SharedStand.class)
class SecretsTest {
    private static final String FIRST = "correct-horse-battery-staple-1";
    private static final String SECOND = "correct-horse-battery-staple-2";
    private static final String BROKEN = "correct-horse-battery-staple-3";
    private static final String BY_HAND = "correct-horse-battery-staple-4";
    private static final List<String> VALUES = List.of(FIRST, SECOND, BROKEN, BY_HAND);

    /// Everything that is logged, down to the finest level.
    private static final class Heard extends AppenderBase<ILoggingEvent> {
        private final StringBuffer text = new StringBuffer();

        @Override
        protected void append(ILoggingEvent event) {
            text.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .append('\n');
            }
        }
    }

    @Test
    void noValueIsInAnyTopicLogAnswerOrStream(Stand stand) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("io.driftless");
        Level level = root.getLevel();
        Heard heard = new Heard();
        heard.setContext(root.getLoggerContext());
        heard.start();
        root.addAppender(heard);
        root.setAdditive(false);
        root.setLevel(Level.TRACE);
        try (EventStream stream = EventStream.open(stand.url().resolve("/api/v1/events?recent=500"), "")) {
            live(stand);
            awaitThat("the stream has told of it", () -> stream.text().contains("\"argocd/secrets\""));

            for (Said record : stand.records().all()) {
                isClean(
                        record.topic() + " " + record.key(),
                        record.key() + record.headers() + new String(record.data(), UTF_8));
            }
            isClean("the event stream", stream.text());
            isClean("the log", heard.text.toString());
            for (String path : List.of(
                    "/api/v1/applications",
                    "/api/v1/applications/secrets",
                    "/api/v1/applications/secrets/resource-tree",
                    "/api/v1/applications/secrets/managed-resources",
                    "/api/v1/applications/secrets/differences",
                    "/metrics")) {
                Web.Answer answer = stand.web().get(path);
                assertThat(answer.code()).as(path).isEqualTo(200);
                isClean(path, answer.text());
            }
            isClean("the Application", stand.application("secrets").toString());
        } finally {
            root.setLevel(level);
            root.setAdditive(true);
            root.detachAppender(heard);
        }
    }

    /// Deploys, changes, breaks, drifts and heals a Secret.
    private static void live(Stand stand) {
        Repository repository = stand.repository("secrets");
        repository.push(Map.of("secret.yaml", secret("stringData", FIRST), "encoded.yaml", encoded(FIRST)));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("secrets", repository.head());
        assertThat(value(stand, "plain")).isEqualTo(FIRST);

        repository.push(Map.of("secret.yaml", secret("stringData", SECOND), "encoded.yaml", encoded(SECOND)));
        stand.awaitSynced("secrets", repository.head());
        assertThat(value(stand, "plain")).isEqualTo(SECOND);
        assertThat(value(stand, "encoded")).isEqualTo(SECOND);

        stand.cluster()
                .mergePatch(
                        new ResourceId("", "Secret", "secrets", "plain"),
                        "v1",
                        "",
                        Stand.yaml("data: {password: " + base64(BY_HAND) + "}"));
        awaitThat("the value of Git is back", () -> value(stand, "plain").equals(SECOND));
        stand.awaitSynced("secrets", repository.head());

        repository.push("secret.yaml", secret("data", BROKEN).replace("data:", "data: [" + BROKEN + "]\nstringData:"));
        awaitThat(
                "the broken Secret is refused",
                () -> stand.status("secrets").has("conditions")
                        || stand.status("secrets")
                                .at("/operationState/phase")
                                .asText()
                                .equals("Failed"),
                () -> stand.status("secrets"));
        repository.push(
                "secret.yaml",
                "kind: Secret\napiVersion: v1\nmetadata: {name: plain}\nstringData:\n  a: " + BROKEN + "\n b: '"
                        + BROKEN + "\n");
        stand.awaitCondition("secrets", "ComparisonError", "secret.yaml");
    }

    private static String secret(String field, String value) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: plain}\n" + field + ":\n  password: " + value + "\n";
    }

    private static String encoded(String value) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: encoded}\ndata: {password: " + base64(value) + "}\n";
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }

    private static String value(Stand stand, String name) {
        String data = stand.object("v1", "Secret", "secrets", name)
                .at("/data/password")
                .asText();
        return new String(Base64.getDecoder().decode(data), UTF_8);
    }

    private static void isClean(String where, String text) {
        // Base64 of a value has three forms, depending on where in a larger text it begins.
        Stream<String> forms = VALUES.stream()
                .flatMap(value -> Stream.of(
                        value,
                        base64(value).replace("=", ""),
                        base64("x" + value).substring(2, 30),
                        base64("xx" + value).substring(3, 30)));
        assertThat(forms.filter(text::contains).map(form -> where + " holds " + form))
                .isEmpty();
    }
}
