package io.driftless.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SealKey key = SealKey.of(new byte[32]);
    private final Redaction redaction = new Redaction(key);

    @Test
    void noValueOfASecretIsLeft() throws JsonProcessingException {
        JsonNode secret = JSON.readTree("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","annotations":{"a":"b",
                 "kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":{\\"p\\":\\"aHVudGVyMg==\\"}}"}},
                 "data":{"p":"aHVudGVyMg=="},"stringData":{"q":"swordfish"}}""");

        JsonNode redacted = redaction.redact(secret);

        assertThat(redacted.toString()).doesNotContain("aHVudGVyMg==", "hunter2", "swordfish", "stringData");
        assertThat(redacted.at("/metadata/annotations/a").asText()).isEqualTo("b");
        assertThat(secret.at("/data/p").asText()).isEqualTo("aHVudGVyMg==");
    }

    @Test
    void stringDataComparesEqualToTheSameValueInData() throws JsonProcessingException {
        JsonNode plain = JSON.readTree(
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"b2xk\"},\"stringData\":{\"p\":\"hunter2\"}}");
        JsonNode encoded =
                JSON.readTree("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"aHVudGVyMg==\"}}");
        JsonNode other = JSON.readTree("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"b2xk\"}}");

        assertThat(redaction.redact(plain)).isEqualTo(redaction.redact(encoded));
        assertThat(redaction.redact(other)).isNotEqualTo(redaction.redact(encoded));
    }

    @Test
    void digestsOfTwoInstallationsDiffer() throws JsonProcessingException {
        JsonNode secret = JSON.readTree("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"b2xk\"}}");
        byte[] bytes = new byte[32];
        bytes[0] = 1;

        assertThat(new Redaction(SealKey.of(bytes)).redact(secret)).isNotEqualTo(redaction.redact(secret));
    }

    @Test
    void otherObjectsStayAsTheyAre() throws JsonProcessingException {
        JsonNode map = JSON.readTree("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"p\":\"b2xk\"}}");

        assertThat(redaction.redact(map)).isSameAs(map);
    }

    @Test
    void aSealedManifestOpensOnlyWithTheSameKeyAndUnchanged() throws JsonProcessingException {
        JsonNode secret = JSON.readTree("{\"stringData\":{\"p\":\"hunter2\"}}");
        Seal seal = new Seal(key);
        byte[] bytes = new byte[32];
        bytes[0] = 1;

        String sealed = seal.seal(secret);

        assertThat(sealed).doesNotContain("hunter2").isNotEqualTo(seal.seal(secret));
        assertThat(seal.open(sealed)).isEqualTo(secret);
        assertThatThrownBy(() -> new Seal(SealKey.of(bytes)).open(sealed)).isInstanceOf(IllegalArgumentException.class);
        String changed = sealed.substring(0, sealed.length() - 6) + "AAAAA=";
        assertThatThrownBy(() -> seal.open(changed)).isInstanceOf(IllegalArgumentException.class);
    }
}
