package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.ApiStand.Answer;
import io.driftless.auth.AuthMode;
import io.driftless.events.ResourceId;
import io.driftless.http.SelfSigned;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Certificates, host keys and public keys, in the ConfigMaps where Argo CD keeps them.
class TrustMethodsTest {
    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAILEHtTQDeaYcL3SFDr9+77jLk0TQESNxgLiHfpBnG3dj";
    private static final String CERTIFICATES = "certificate.CertificateService/";
    private final ApiStand stand = new ApiStand();

    @BeforeEach
    void start() {
        stand.start(AuthMode.NONE);
    }

    @AfterEach
    void stop() {
        stand.close();
    }

    @Test
    void hostKeysAreAddedListedReplacedAndRemoved() throws Exception {
        Answer added = stand.rest("POST", "/api/v1/certificates", ssh("git.example.com", HOST_KEY));
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body().at("/items/0/certInfo").asText())
                .isEqualTo("SHA256:dN9fl/Za8kJjxTKxui/JlqXiWhpbRa/l0s8Sii+VmIQ");
        assertThat(map("argocd-ssh-known-hosts-cm").path("ssh_known_hosts").asText())
                .isEqualTo("git.example.com ssh-ed25519 " + HOST_KEY + "\n");
        String other = HOST_KEY.substring(0, HOST_KEY.length() - 4) + "AAAA";
        Answer refused = stand.rest("POST", "/api/v1/certificates", ssh("git.example.com", other));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("message").asText()).contains("upsert was not specified");
        assertThat(stand.rest("POST", "/api/v1/certificates?upsert=true", ssh("git.example.com", other))
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(stand.told(CERTIFICATES + "ListCertificates", "{\"certType\":\"ssh\",\"hostNamePattern\":\"git*\"}")
                        .path("items"))
                .hasSize(1);
        assertThat(stand.told(CERTIFICATES + "ListCertificates", "{\"certType\":\"https\"}")
                        .path("items"))
                .isEmpty();
        assertThat(stand.rest("DELETE", "/api/v1/certificates", "").status())
                .as("nothing named")
                .isEqualTo(400);
        assertThat(stand.rest("DELETE", "/api/v1/certificates?hostNamePattern=git.example.com", "")
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(stand.told(CERTIFICATES + "ListCertificates", "{}").path("items"))
                .isEmpty();
    }

    @Test
    void certificatesOfServersAreAddedAndRemoved() throws Exception {
        String pem = SelfSigned.make(List.of("git.example.com"), Instant.now()).certificate();
        Answer added = stand.rest("POST", "/api/v1/certificates", tls("git.example.com", pem));
        assertThat(added.body().at("/items/0/certInfo").asText()).isEqualTo("CN=git.example.com");
        assertThat(added.body().at("/items/0/certSubType").asText()).isEqualTo("ecdsa");
        assertThat(map("argocd-tls-certs-cm").path("git.example.com").asText().strip())
                .isEqualTo(pem.strip());
        assertThat(stand.rest("POST", "/api/v1/certificates", tls("git.example.com", pem))
                        .body()
                        .path("items"))
                .as("the same again is nothing new")
                .isEmpty();
        String other = SelfSigned.make(List.of("other"), Instant.now()).certificate();
        assertThat(stand.rest("POST", "/api/v1/certificates", tls("git.example.com", other))
                        .status())
                .isEqualTo(400);
        for (String bad : List.of("hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
            assertThat(stand.rest("POST", "/api/v1/certificates", tls("x.example.com", bad))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(stand.rest("POST", "/api/v1/certificates", tls("../x", pem)).status())
                .isEqualTo(400);
        assertThat(stand.told(CERTIFICATES + "DeleteCertificate", "{\"hostNamePattern\":\"*\",\"certType\":\"https\"}")
                        .path("items"))
                .hasSize(1);
        assertThat(map("argocd-tls-certs-cm")).isEmpty();
    }

    @Test
    void publicKeysAreAddedShownAndRemoved() throws Exception {
        String keys;
        try (var in = TrustMethodsTest.class.getResourceAsStream("/two-public-keys.asc")) {
            keys = new String(in.readAllBytes(), UTF_8);
        }
        ObjectNode body = ApiStand.JSON.createObjectNode().put("keyData", keys);
        Answer added = stand.rest("POST", "/api/v1/gpgkeys", body.toString());
        assertThat(added.body().at("/created/items")).hasSize(2);
        Answer again = stand.rest("POST", "/api/v1/gpgkeys", body.toString());
        assertThat(again.body().path("skipped")).hasSize(2);
        assertThat(map("argocd-gpg-keys-cm").properties()).hasSize(2);
        JsonNode list = stand.told("gpgkey.GPGKeyService/List", "{}");
        assertThat(list.at("/items/0/owner").asText()).isEqualTo("Ann Example <ann@example.com>");
        assertThat(list.at("/items/0/keyData").asText()).isEmpty();
        JsonNode one = stand.rest("GET", "/api/v1/gpgkeys/06C60C78CD6D846D", "").body();
        assertThat(one.path("fingerprint").asText()).isEqualTo("350E6EEEABD19F3E4460CDAC06C60C78CD6D846D");
        assertThat(one.path("keyData").asText()).contains("BEGIN PGP PUBLIC KEY BLOCK");
        assertThat(stand.rest("DELETE", "/api/v1/gpgkeys?keyID=06C60C78CD6D846D", "")
                        .status())
                .isEqualTo(200);
        assertThat(stand.rest("GET", "/api/v1/gpgkeys/06C60C78CD6D846D", "").status())
                .isEqualTo(404);
        assertThat(stand.rest("GET", "/api/v1/gpgkeys/nonsense", "").status()).isEqualTo(400);
        assertThat(stand.rest("POST", "/api/v1/gpgkeys", "{\"keyData\":\"hello\"}")
                        .status())
                .isEqualTo(400);
    }

    private JsonNode map(String name) {
        return stand.cluster
                .get(new ResourceId("", "ConfigMap", "argocd", name), null)
                .orElseThrow()
                .path("data");
    }

    private static String ssh(String host, String key) {
        return items(host, "ssh", "ssh-ed25519", key);
    }

    private static String tls(String host, String pem) {
        return items(host, "https", "", pem);
    }

    private static String items(String host, String type, String subType, String data) {
        return """
                {"items":[{"serverName":"%s","certType":"%s","certSubType":"%s","certData":"%s"}]}
                """.formatted(host, type, subType, Base64.getEncoder().encodeToString(data.getBytes(UTF_8)));
    }
}
