package io.driftless.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.MethodType;
import io.driftless.proto.Schema;
import io.driftless.proto.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestRequestTest {
    // Parameters and bodies of another type are refused by their field.

    private static final Schema SCHEMA = Schema.argoCd();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void parametersBecomeFieldsOfTheirTypes() throws Exception {
        RestRequest request = request("cluster.ClusterQuery");
        request.set("id.value", List.of("https://x"));
        request.set("name", List.of("first", "second"));
        request.set("no.such.field", List.of("x"));
        assertThat(request.document())
                .isEqualTo(JSON.readTree("{\"id\":{\"value\":\"https://x\"},\"name\":\"first\"}"));
        RestRequest logs = request("application.ApplicationPodLogsQuery");
        logs.set("tailLines", List.of("5"));
        logs.set("follow", List.of("true"));
        assertThat(logs.document()).isEqualTo(JSON.readTree("{\"tailLines\":5,\"follow\":true}"));
        RestRequest list = request("application.ApplicationQuery");
        list.set("projects", List.of("a", "b"));
        assertThat(list.document()).isEqualTo(JSON.readTree("{\"projects\":[\"a\",\"b\"]}"));
    }

    @Test
    void parametersOfAnotherTypeAreRefusedByName() {
        RestRequest logs = request("application.ApplicationPodLogsQuery");
        assertThatThrownBy(() -> logs.set("tailLines", List.of("five")))
                .hasMessage("parameter tailLines must be a number");
        assertThatThrownBy(() -> logs.set("tailLines", List.of("99999999999999999999")))
                .isInstanceOf(HttpFailure.class);
        assertThatThrownBy(() -> logs.set("follow", List.of("yes")))
                .hasMessage("parameter follow must be true or false");
        assertThatThrownBy(() -> logs.set("sinceTime", List.of("now"))).isInstanceOf(HttpFailure.class);
        assertThatThrownBy(
                        () -> request("application.ApplicationQuery").set("projects", Collections.nCopies(10_001, "a")))
                .hasMessage("parameter projects is given too often");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":7}",
                "{\"prune\":\"yes\"}",
                "{\"resources\":{}}",
                "{\"resources\":[7]}",
                "{\"syncOptions\":[]}",
                "{\"strategy\":{\"apply\":{\"force\":1}}}",
                "{\"retryStrategy\":{\"limit\":\"5\"}}",
                "{\"retryStrategy\":{\"limit\":1.5}}"
            })
    void bodiesOfAnotherShapeAreRefusedByField(String body) throws Exception {
        JsonNode document = JSON.readTree(body);
        assertThatThrownBy(() -> RestRequest.check(SCHEMA.message("application.ApplicationSyncRequest"), document, ""))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(400))
                .hasMessageContaining("field ");
    }

    @Test
    void whatIsNotKnownOrNullIsPassedOver() throws Exception {
        JsonNode document = JSON.readTree("{\"name\":null,\"unknown\":[[]],\"prune\":true}");
        assertThatCode(() -> RestRequest.check(SCHEMA.message("application.ApplicationSyncRequest"), document, ""))
                .doesNotThrowAnyException();
    }

    @Test
    void anyParametersAreTakenOrRefused() {
        long seed = Long.getLong("fuzz.seed", 7);
        System.out.println("fuzz.seed=" + seed);
        Random random = new Random(seed);
        List<MethodType> methods = new ArrayList<>(SCHEMA.methods());
        String alphabet = "idvaluenmsproject.[]-1tre%/\0é ,";
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            MethodType method = methods.get(random.nextInt(methods.size()));
            RestRequest request = new RestRequest(method.request(), JSON.createObjectNode());
            List<String> fields = new ArrayList<>();
            method.request().fields().forEach(field -> fields.add(field.json()));
            String path = fields.isEmpty() || random.nextInt(3) == 0
                    ? text(random, alphabet)
                    : fields.get(random.nextInt(fields.size()))
                            + (random.nextBoolean() ? "" : '.' + text(random, alphabet));
            try {
                request.set(path, List.of(text(random, alphabet), text(random, alphabet)));
                WireWriter.write(method.request(), request.document());
                taken++;
            } catch (HttpFailure refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void anyFieldsTrimADocumentToAPartOfIt() throws Exception {
        Random random = new Random(8);
        ObjectNode document = (ObjectNode) JSON.readTree("{\"a\":{\"b\":[{\"c\":1,\"d\":2}],\"e\":null},\"f\":\"g\"}");
        for (int i = 0; i < 20_000; i++) {
            String fields = text(random, "abcdef.,-");
            JsonNode trimmed = FieldFilter.of(fields).applied(document);
            assertThat(trimmed.toString().length())
                    .isLessThanOrEqualTo(document.toString().length());
        }
        assertThatThrownBy(() -> FieldFilter.of("a".repeat(10_000))).isInstanceOf(HttpFailure.class);
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(20); n > 0; n--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static RestRequest request(String type) {
        return new RestRequest(SCHEMA.message(type), JSON.createObjectNode());
    }
}
