package io.driftless.proto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final String V1ALPHA1 = "github.com.argoproj.argo_cd.v3.pkg.apis.application.v1alpha1.";
    private static final Schema SCHEMA = Schema.argoCd();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsAllFilesOfTheApi() {
        assertThat(SCHEMA.methods().size()).isEqualTo(109);
        assertThat(SCHEMA.method("application.ApplicationService/Watch").streamsOut())
                .isTrue();
        assertThat(SCHEMA.method("application.ApplicationService/PodLogs").bindings())
                .extracting(MethodType.Binding::template)
                .containsExactly("/api/v1/applications/{name}/pods/{podName}/logs", "/api/v1/applications/{name}/logs");
    }

    @Test
    void writesTheBytesThatOtherImplementationsWrite() throws Exception {
        // {"username":"admin","password":"p"} of session.SessionCreateRequest, by hand.
        byte[] bytes = write("session.SessionCreateRequest", "{\"username\":\"admin\",\"password\":\"p\"}");
        assertThat(WireReader.read(SCHEMA.message("session.SessionCreateRequest"), bytes))
                .isEqualTo(JSON.readTree("{\"username\":\"admin\",\"password\":\"p\"}"));
        assertThat(HexFormat.of().formatHex(write("session.SessionCreateRequest", "{\"username\":\"admin\"}")))
                .isEqualTo("0a0561646d696e");
        assertThat(HexFormat.of().formatHex(write("account.Token", "{\"issuedAt\":300}")))
                .isEqualTo("10ac02");
        assertThat(HexFormat.of().formatHex(write("account.Token", "{\"expiresAt\":-1}")))
                .isEqualTo("18ffffffffffffffffff01");
    }

    @Test
    void anApplicationComesBackAsItWas() throws Exception {
        String application = """
                {"metadata":{"name":"app","namespace":"argocd","creationTimestamp":"2026-01-31T12:00:00Z",
                 "labels":{"team":"a","empty":""},"ownerReferences":[{"kind":"X","name":"y","controller":false}],
                 "finalizers":["f"]},
                 "spec":{"project":"default","source":{"repoURL":"https://git.example/r.git","path":"é/ü",
                 "kustomize":{"images":["a=b:1","c:2"],"replicas":[{"name":"d","count":3},{"name":"e","count":"50%"}],
                 "patches":[{"patch":"- op: add","target":{"group":"apps","kind":"Deployment","name":"n"}}]},
                 "helm":{"valuesObject":{"a":[1,2.5,{"b":null}]}}},
                 "destination":{"server":"https://kubernetes.default.svc"},
                 "syncPolicy":{"automated":{},"retry":{"limit":5,"backoff":{"duration":"5s","factor":2}}}},
                 "status":{"history":[{"id":7,"revision":"abc","deployedAt":"2026-01-31T12:00:01Z"}]}}
                """;
        JsonNode before = JSON.readTree(application);

        JsonNode after = WireReader.read(
                SCHEMA.message(V1ALPHA1 + "Application"),
                WireWriter.write(SCHEMA.message(V1ALPHA1 + "Application"), before));

        assertThat(after).isEqualTo(before);
    }

    @Test
    void keepsAnEmptyBlockThatMeansSomethingAndDropsOneThatDoesNot() throws Exception {
        JsonNode read = again(
                V1ALPHA1 + "ApplicationSpec",
                "{\"source\":{\"repoURL\":\"\"},\"destination\":{},\"syncPolicy\":{\"automated\":{\"prune\":false,"
                        + "\"enabled\":false}}}");
        assertThat(read).isEqualTo(JSON.readTree("{\"source\":{},\"syncPolicy\":{\"automated\":{\"enabled\":false}}}"));
    }

    @Test
    void fieldsOfAnInlineMessageStandBesideTheOthers() throws Exception {
        String node = "{\"kind\":\"Pod\",\"name\":\"p\",\"uid\":\"u\",\"health\":{\"status\":\"Healthy\"},"
                + "\"parentRefs\":[{\"kind\":\"ReplicaSet\",\"name\":\"r\"}]}";
        assertThat(again(V1ALPHA1 + "ResourceNode", node)).isEqualTo(JSON.readTree(node));
        assertThat(again(V1ALPHA1 + "SyncStrategy", "{\"hook\":{\"force\":true}}"))
                .isEqualTo(JSON.readTree("{\"hook\":{\"force\":true}}"));
    }

    @Test
    void whatAReaderInsistsOnIsAlwaysWritten() throws Exception {
        // content, an empty time, last, an empty text, an empty name: tags 1 to 5.
        assertThat(HexFormat.of().formatHex(write("application.LogEntry", "{}")))
                .contains("0a00", "1200", "1800", "2200", "2a00")
                .hasSize(20);
    }

    private static JsonNode again(String type, String json) throws Exception {
        return WireReader.read(SCHEMA.message(type), write(type, json));
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws Exception {
        byte[] bytes =
                HexFormat.of().parseHex("0a0161" + "f83f05" + "fa3f03616263" + "fd3f00000000" + "f93f0000000000000000");
        assertThat(WireReader.read(SCHEMA.message("session.SessionCreateRequest"), bytes))
                .isEqualTo(JSON.readTree("{\"username\":\"a\"}"));
    }

    @Test
    void refusesBytesThatAreNoMessage() {
        for (String hex : new String[] {
            "0a", "0a05", "0aff", "08ffffffffffffffffffff01", "0a02c328", "00", "0b", "0801", "0affffffff0f"
        }) {
            assertThatThrownBy(() -> WireReader.read(
                            SCHEMA.message("session.SessionCreateRequest"),
                            HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void refusesJsonInsideAMessageThatIsNone() {
        byte[] bytes = WireWriter.write(
                SCHEMA.message(V1ALPHA1 + "ApplicationSourceHelm"),
                JSON.createObjectNode()
                        .set("valuesObject", JSON.createObjectNode().put("a", 1)));
        bytes[bytes.length - 1] = '[';
        assertThatThrownBy(() -> WireReader.read(SCHEMA.message(V1ALPHA1 + "ApplicationSourceHelm"), bytes))
                .isInstanceOf(WireException.class);
    }

    @Test
    void whatAClusterHoldsAgainstTheRulesIsLeftOut() throws Exception {
        assertThat(again(
                        V1ALPHA1 + "Application",
                        "{\"metadata\":[],\"spec\":\"x\",\"operation\":null,\"status\":{\"reconciledAt\":\"never\","
                                + "\"history\":{},\"health\":{\"status\":{}}}}"))
                .isEqualTo(JSON.readTree("{}"));
    }

    private static byte[] write(String type, String json) throws Exception {
        return WireWriter.write(SCHEMA.message(type), JSON.readTree(json.getBytes(UTF_8)));
    }
}
