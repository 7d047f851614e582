package io.driftless.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhoIsToldWhat() throws IOException {
        List<Subscription> read = read("""
                webhooks:
                  - {name: chat, url: "https://chat.example.com/x", triggers: [on-sync-failed, on-deployed]}
                  - {name: all, url: "http://127.0.0.1:1/y", headers: {A: b}, body: {text: "${message}"}}
                """);

        assertThat(read).extracting(Subscription::name).containsExactly("chat", "all");
        assertThat(read.get(0).triggers()).containsExactlyInAnyOrder(Trigger.ON_SYNC_FAILED, Trigger.ON_DEPLOYED);
        assertThat(read.get(1).triggers()).isEqualTo(Subscription.USUAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                   | webhooks must be a list
                    webhooks: [{url: 'https://a.example/SECRET'}]                        | webhooks[0].name is missing
                    webhooks: [{name: a}]                                                | webhooks[0].url is missing
                    webhooks: [{name: a, url: 'ftp://SECRET'}]                           | http or https
                    webhooks: [{name: a, url: 'http://a b/SECRET'}]                      | webhooks[0].url is not a URL
                    webhooks: [{name: log, url: 'http://a/SECRET'}]                      | webhooks[0].name is taken
                    webhooks: [{name: a, url: 'http://a/SECRET', triggers: [on-x]}]      | holds on-x; there are [on-created
                    webhooks: [{name: a, url: 'http://a/SECRET', triggers: []}]          | names no trigger
                    webhooks: [{name: a, uri: 'http://a/SECRET'}]                        | has an unknown field
                    webhooks: [{name: a, url: 'SECRET                                    | is not one YAML document
                    """)
    void saysWhereAFileIsWrongWithoutQuotingIt(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("webhooks.yaml")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("SECRET");
    }

    private List<Subscription> read(String text) throws IOException {
        Path file = directory.resolve("webhooks.yaml");
        Files.writeString(file, text);
        return SubscriptionFile.read(file);
    }
}
