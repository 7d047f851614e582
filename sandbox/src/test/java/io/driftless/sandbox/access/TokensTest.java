package io.driftless.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private final Tokens tokens = new Tokens(new byte[32]);

    private static ObjectNode claims() {
        return new ObjectMapper().createObjectNode().put("sub", "robot").put("exp", NOW.getEpochSecond() + 60);
    }

    @Test
    void aTokenIsKnownAgainUntilItsTimeIsOver() {
        String token = tokens.issue(claims());

        assertThat(tokens.read(token, NOW).map(Object::toString)).contains(claims().toString());
        assertThat(tokens.read(token, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void whatWasNotSignedHereIsWorthNothing() {
        String token = tokens.issue(claims());
        byte[] other = new byte[32];
        other[0] = 1;

        assertThat(new Tokens(other).read(token, NOW)).isEmpty();
        assertThat(tokens.read(token.substring(0, token.length() - 2), NOW)).isEmpty();
        assertThat(tokens.read(token.replaceFirst("\\.[^.]*\\.", ".e30."), NOW)).isEmpty();
        assertThat(tokens.read("no.token.at all", NOW)).isEmpty();
        assertThat(tokens.read("", NOW)).isEmpty();
    }
}
