package io.driftless.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.SelfSigned;
import io.driftless.pipeline.AccountsStand.Guarded;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the Terraform provider calls, in its order, for repositories, credentials, clusters,
/// certificates, keys and tokens of accounts.
@ExtendWith(AccountsStand.class)
class ProviderSettingsCallsTest {
    private static final String REPOSITORIES = "repository.RepositoryService/";
    private static final String CREDENTIALS = "repocreds.RepoCredsService/";
    private static final String CLUSTERS = "cluster.ClusterService/";
    private static final String CERTIFICATES = "certificate.CertificateService/";
    private static final String KEYS = "gpgkey.GPGKeyService/";
    private static final String ACCOUNTS = "account.AccountService/";
    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAILEHtTQDeaYcL3SFDr9+77jLk0TQESNxgLiHfpBnG3dj";
    private static final int NOT_FOUND = 5;

    private static Stand stand;
    private static Grpc grpc;

    @BeforeAll
    static void login(Guarded guarded) throws Exception {
        stand = guarded.stand();
        grpc = guarded.grpc();
    }

    @AfterAll
    static void logout() {
        grpc.close();
    }

    @Test
    void aRepositoryIsFoundInTheListWithoutWhatWasTakenAway() {
        Repository repository = stand.repository("provided");
        repository.commit(Map.of("a.yaml", "{}"));
        String url = repository.url();
        JsonNode created = grpc.ok(REPOSITORIES + "CreateRepository", """
                {"repo": {"repo": "%s", "type": "git", "name": "provided", "username": "git", "password": "secret",
                 "insecure": true}}
                """.formatted(url));
        assertThat(created.at("/connectionState/status").asText()).isNotEqualTo("Failed");
        JsonNode listed = repository(url);
        assertThat(listed.path("type").asText()).isEqualTo("git");
        assertThat(listed.path("name").asText()).isEqualTo("provided");
        assertThat(listed.path("username").asText()).isEqualTo("git");
        assertThat(listed.path("insecure").asBoolean()).isTrue();

        grpc.ok(REPOSITORIES + "UpdateRepository", """
                {"repo": {"repo": "%s", "type": "git"}}
                """.formatted(url));
        listed = repository(url);
        assertThat(listed.path("username").asText("")).isEmpty();
        assertThat(listed.path("name").asText("")).isEmpty();
        assertThat(listed.path("insecure").asBoolean()).isFalse();
        assertThat(listed.path("inheritedCreds").asBoolean()).isFalse();

        grpc.ok(REPOSITORIES + "DeleteRepository", "{\"repo\": \"" + url + "\"}");
        assertThat(repository(url).isMissingNode()).isTrue();
    }

    private static JsonNode repository(String url) {
        for (JsonNode item : grpc.ok(REPOSITORIES + "ListRepositories", "{}").path("items")) {
            if (item.path("repo").asText().equals(url)) {
                return item;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    @Test
    void credentialsAreChangedAsAWhole() {
        String url = "https://git.example.com/team";
        assertThat(grpc.ok(CREDENTIALS + "CreateRepositoryCredentials", """
                                {"creds": {"url": "%s", "type": "git", "username": "git", "password": "secret"}}
                                """.formatted(url))
                        .path("url")
                        .asText())
                .isEqualTo(url);
        grpc.ok(CREDENTIALS + "UpdateRepositoryCredentials", """
                {"creds": {"url": "%s", "type": "git", "username": "robot", "password": "other"}}
                """.formatted(url));

        JsonNode listed = grpc.ok(CREDENTIALS + "ListRepositoryCredentials", "{\"url\": \"" + url + "\"}");

        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/items/0/username").asText()).isEqualTo("robot");
        assertThat(listed.at("/items/0/password").asText("")).isEmpty();
        grpc.ok(CREDENTIALS + "DeleteRepositoryCredentials", "{\"url\": \"" + url + "\"}");
        assertThat(grpc.ok(CREDENTIALS + "ListRepositoryCredentials", "{\"url\": \"" + url + "\"}")
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aClusterIsLookedForByItsAddressAndLosesTheLabelsThatAreTakenAway() {
        String server = "https://cluster.example.com:6443";
        String byId = "{\"id\": {\"type\": \"server\", \"value\": \"" + server + "\"}}";
        assertThat(grpc.ok(CLUSTERS + "List", byId).path("items")).isEmpty();
        grpc.ok(CLUSTERS + "Create", """
                {"cluster": {"server": "%s", "name": "far", "namespaces": ["a", "b"], "shard": 1,
                 "labels": {"env": "test", "team": "a"}, "annotations": {"note": "x"},
                 "config": {"bearerToken": "abc", "tlsClientConfig": {"insecure": true}}}}
                """.formatted(server));
        assertThat(grpc.ok(CLUSTERS + "List", byId).path("items")).hasSize(1);
        String both = "{\"server\": \"" + server + "\", \"name\": \"far\"}";
        JsonNode got = grpc.ok(CLUSTERS + "Get", both);
        assertThat(got.path("namespaces")).hasSize(2);
        assertThat(got.path("shard").asInt()).isEqualTo(1);
        assertThat(got.path("labels").toString()).isEqualTo("{\"env\":\"test\",\"team\":\"a\"}");
        assertThat(got.path("annotations").toString()).isEqualTo("{\"note\":\"x\"}");
        assertThat(got.at("/config/tlsClientConfig/insecure").asBoolean()).isTrue();
        assertThat(got.at("/config/bearerToken").asText("")).isEmpty();

        grpc.ok(CLUSTERS + "Update", """
                {"cluster": {"server": "%s", "name": "far", "labels": {"env": "prod"},
                 "config": {"bearerToken": "abc", "tlsClientConfig": {"insecure": true}}}}
                """.formatted(server));
        got = grpc.ok(CLUSTERS + "Get", both);
        assertThat(got.path("labels").toString()).isEqualTo("{\"env\":\"prod\"}");
        assertThat(got.path("annotations")).isEmpty();
        assertThat(got.path("namespaces")).isEmpty();
        assertThat(got.has("shard")).isFalse();

        grpc.ok(CLUSTERS + "Delete", both);
        assertThat(grpc.ok(CLUSTERS + "List", byId).path("items")).isEmpty();
    }

    @Test
    void certificatesAreFoundByHostAndType() {
        String pem = SelfSigned.make(List.of("git.example.com"), Instant.now()).certificate();
        String https = "{\"hostNamePattern\": \"git.example.com\", \"certType\": \"https\"}";
        assertThat(grpc.ok(CERTIFICATES + "ListCertificates", https).path("items"))
                .isEmpty();
        certify("https", "", pem);
        assertThat(grpc.ok(CERTIFICATES + "ListCertificates", https)
                        .at("/items/0/certInfo")
                        .asText())
                .isEqualTo("CN=git.example.com");
        certify("ssh", "ssh-ed25519", HOST_KEY);
        String ssh =
                "{\"hostNamePattern\": \"git.example.com\", \"certType\": \"ssh\", \"certSubType\": \"ssh-ed25519\"}";
        assertThat(grpc.ok(CERTIFICATES + "ListCertificates", ssh)
                        .at("/items/0/certInfo")
                        .asText())
                .startsWith("SHA256:");

        grpc.ok(CERTIFICATES + "DeleteCertificate", https);
        grpc.ok(CERTIFICATES + "DeleteCertificate", ssh);
        assertThat(grpc.ok(CERTIFICATES + "ListCertificates", "{}").path("items"))
                .noneMatch(item -> item.path("serverName").asText().equals("git.example.com"));
    }

    private static void certify(String type, String subType, String text) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putObject("certificates")
                .putArray("items")
                .addObject()
                .put("serverName", "git.example.com")
                .put("certType", type)
                .put("certSubType", subType)
                .put("certData", Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
        grpc.ok(CERTIFICATES + "CreateCertificate", request.toString());
    }

    @Test
    void aKeyComesBackWhenItIsMadeAndWhenItIsRead() throws Exception {
        String text;
        try (var in = ProviderSettingsCallsTest.class.getResourceAsStream("/two-public-keys.asc")) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putObject("publickey").put("keyData", text);

        for (JsonNode made :
                grpc.ok(KEYS + "Create", request.toString()).path("created").path("items")) {
            assertThat(made.path("keyData").asText()).startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----");
            String one = "{\"keyID\": \"" + made.path("keyID").asText() + "\"}";
            assertThat(grpc.ok(KEYS + "Get", one)).isEqualTo(made);
            grpc.ok(KEYS + "Delete", one);
            assertThat(grpc.call(KEYS + "Get", one).status()).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void anAccountHasATokenUntilItIsTakenAway() {
        String token = grpc.ok(ACCOUNTS + "CreateToken", "{\"name\": \"robot\", \"expiresIn\": 3600}")
                .path("token")
                .asText();
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
        String id = claims.replaceFirst(".*\"jti\":\"([^\"]+)\".*", "$1");
        assertThat(grpc.ok(ACCOUNTS + "GetAccount", "{\"name\": \"robot\"}")
                        .at("/tokens/0/id")
                        .asText())
                .isEqualTo(id);

        grpc.ok(ACCOUNTS + "DeleteToken", "{\"name\": \"robot\", \"id\": \"" + id + "\"}");

        assertThat(grpc.ok(ACCOUNTS + "GetAccount", "{\"name\": \"robot\"}").path("tokens"))
                .isEmpty();
        assertThat(grpc.call(ACCOUNTS + "GetAccount", "{\"name\": \"nobody\"}").status())
                .isEqualTo(NOT_FOUND);
    }
}
