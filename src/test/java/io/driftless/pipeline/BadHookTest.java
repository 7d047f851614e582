package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the webhook refuses leaves nothing behind.
@ExtendWith(SharedStand.class)
class BadHookTest {
    private static final String AFTER = "c".repeat(40);
    private Stand stand;
    private Repository repository;
    private byte[] body;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
        repository = shared.repository("refused");
        body = Web.pushBody(repository, null, AFTER);
    }

    @Test
    void aMissingOrWrongSignatureIsRefused() {
        assertThat(stand.web().hook(body, null).code()).isEqualTo(401);
        assertThat(stand.web().hook(body, "sha256=" + "0".repeat(64)).code()).isEqualTo(401);
        assertThat(stand.web().hook(body, "sha1=" + "0".repeat(40)).code()).isEqualTo(401);
        assertThat(stand.web().hook(body, "nonsense").code()).isEqualTo(401);
        assertThat(stand.web().hook(body, Web.sign(body, "another secret")).code())
                .isEqualTo(401);
        String other = Web.sign("{}".getBytes(UTF_8), Stand.HOOK_SECRET);
        assertThat(stand.web().hook(body, other).code())
                .as("signed something else")
                .isEqualTo(401);
        nothingWasSaid();
    }

    @Test
    void whatIsNoPushIsRefused() {
        for (String text : new String[] {"", "no json", "[]", "{", "{\"ref\":1}", "{\"ref\":\"../../x\"}", "\u0000"}) {
            byte[] bytes = text.getBytes(UTF_8);
            Web.Answer answer = stand.web().hook(bytes, Web.sign(bytes, Stand.HOOK_SECRET));
            assertThat(answer.code()).as("%s: %s", text, answer.text()).isEqualTo(400);
        }
        byte[] deep = ("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(UTF_8);
        assertThat(stand.web().hook(deep, Web.sign(deep, Stand.HOOK_SECRET)).code())
                .isEqualTo(400);
        nothingWasSaid();
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndTheLargestOneIsRead() {
        byte[] large = new byte[25 * 1024 * 1024 + 1];
        assertThat(stand.web().hook(large, Web.sign(large, Stand.HOOK_SECRET)).code())
                .isEqualTo(413);
        byte[] largest = new byte[25 * 1024 * 1024];
        assertThat(stand.web()
                        .hook(largest, Web.sign(largest, Stand.HOOK_SECRET))
                        .code())
                .isEqualTo(400);
        nothingWasSaid();
    }

    private void nothingWasSaid() {
        assertThat(stand.records().of(Topic.PUSHES))
                .noneMatch(record -> new String(record.data(), UTF_8).contains(repository.url()));
    }
}
