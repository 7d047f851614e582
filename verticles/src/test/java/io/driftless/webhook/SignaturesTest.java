package io.driftless.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final String SECRET = "It's a Secret to Everybody";
    /// The example of GitHub's documentation on validating deliveries.
    private static final String PUBLISHED = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void agreesWithTheVectorThatGitHubPublishes() {
        assertThat(Signatures.hmac("sha256=" + PUBLISHED, "Hello, World!".getBytes(UTF_8), SECRET))
                .isTrue();
    }

    @Test
    void refusesAnotherBodyAnotherSecretAndAnotherSpelling() {
        byte[] body = "Hello, World!".getBytes(UTF_8);

        assertThat(Signatures.hmac("sha256=" + PUBLISHED, "Hello, World?".getBytes(UTF_8), SECRET))
                .isFalse();
        assertThat(Signatures.hmac("sha256=" + PUBLISHED, body, "other")).isFalse();
        assertThat(Signatures.hmac(PUBLISHED, body, SECRET)).isFalse();
        assertThat(Signatures.hmac(null, body, SECRET)).isFalse();
    }

    @Test
    void comparesTokensWhole() {
        assertThat(Signatures.token("token", "token")).isTrue();
        assertThat(Signatures.token("toke", "token")).isFalse();
        assertThat(Signatures.token("tokens", "token")).isFalse();
        assertThat(Signatures.token(null, "token")).isFalse();
    }
}
