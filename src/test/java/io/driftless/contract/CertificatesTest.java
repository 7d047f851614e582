package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests for certificates: who asks is written down by the server, decided by `approval`, issued by `status`.
class CertificatesTest {
    private static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String WISH =
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISU1IQUNBUUF3RGpFTU1Bb0dBMVVFQXd3RFltOW"
                    + "lNRmt3RXdZSEtvWkl6ajBDQVFZSUtvWkl6ajBEQVFjRApRZ0FFNG81eTZPSTZSK1Nkd0JaRG05b1JsWjVQbElEelY2"
                    + "Rng3OVl1YXg4d1o2VjMxdDM1eStaY3V4TXlKWE14ClZFbjM3V2FEN2dsVDgzWFYxVVVzWnVRQ1lhQUFNQW9HQ0NxR1"
                    + "NNNDlCQU1DQTBnQU1FVUNJSFdPcFZJUHdSNFkKV3NMMHhqT3hucytaS3JFTzFEcG16bEplUmFVR1R4bnpBaUVBOVk1"
                    + "YjBBZ0o2Z1hMUFJHeWJ6U0tqYzk1K0xsZgoyV1FPRnBFT2ZBSVJmNWs9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUV"
                    + "VFU1QtLS0tLQo=";
    private static final String CERTIFICATE =
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJkRENDQVJtZ0F3SUJBZ0lVSlN3WXhucU9lMUlLMnJHOUNFeT"
                    + "VkTHlmS1JBd0NnWUlLb1pJemowRUF3SXcKRGpFTU1Bb0dBMVVFQXd3RFltOWlNQ0FYRFRJMk1URXlOekF4TWpJek1G"
                    + "b1lEekl3TlRFd056RTVNREV5TWpNdwpXakFPTVF3d0NnWURWUVFEREFOaWIySXdXVEFUQmdjcWhrak9QUUlCQmdncW"
                    + "hrak9QUU1CQndOQ0FBVGlqbkxvCjRqcEg1SjNBRmtPYjJoR1ZuaytVZ1BOWG9YSHYxaTVySHpCbnBYZlczZm5MNWx5"
                    + "N0V6SWxjekZVU2ZmdFpvUHUKQ1ZQemRkWFZSU3htNUFKaG8xTXdVVEFkQmdOVkhRNEVGZ1FVdXplaFFWSll6UHBvSD"
                    + "V6YVV4RHpCbmxFVWNJdwpId1lEVlIwakJCZ3dGb0FVdXplaFFWSll6UHBvSDV6YVV4RHpCbmxFVWNJd0R3WURWUjBU"
                    + "QVFIL0JBVXdBd0VCCi96QUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUEvNkttT1ZsK1NMcVRheUtoNjVKNVN6S0VpMj"
                    + "NkU0t2bklpZVcKL1RlWnNyMENJUURrL2hpdkk2WW55b1VZUE83bE1ZUXlKQ2Y2ZGFFZFMybno1RzZEeEJlNkNRPT0K"
                    + "LS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
    private static final String APPROVED = "{type: Approved, status: 'True', reason: Fine, message: go on}";

    private static String asked(Server server) {
        String name = server.namespace();
        server.deleteLater(PATH + "/" + name);
        Answer made = server.api()
                .post(
                        PATH,
                        "{metadata: {name: " + name
                                + "}, spec: {signerName: example.com/any, usages: [client auth], username:"
                                + " eve, groups: [others], request: " + WISH + "}, status: {conditions: [" + APPROVED
                                + "]}}")
                .expect(201);
        assertThat(made.text("/spec/username")).isNotEqualTo("eve");
        assertThat(made.at("/spec/groups").toString()).isEqualTo("[\"system:masters\",\"system:authenticated\"]");
        assertThat(made.at("/status").isEmpty()).isTrue();
        assertThat(made.at("/metadata").has("managedFields")).isFalse();
        return PATH + "/" + name;
    }

    @OnBoth
    void aRequestIsApprovedByASubresourceAlone(Server server) {
        String path = asked(server);

        Answer spec = server.api()
                .merge(path, "{spec: {signerName: example.com/other}, status: {conditions: [" + APPROVED + "]}}")
                .expect(200);
        assertThat(spec.text("/spec/signerName")).isEqualTo("example.com/any");
        assertThat(spec.at("/status").isEmpty()).isTrue();
        assertThat(Causes.of(server.api().merge(path + "/status", "status: {conditions: [" + APPROVED + "]}")))
                .containsExactly("status.conditions: Forbidden: updates may not add a condition of type \"Approved\"");
        assertThat(Causes.of(server.api()
                        .merge(
                                path + "/approval",
                                "status: {conditions: [{type: Approved, status: 'False'}, {type: A}]}")))
                .containsExactlyInAnyOrder(
                        "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"",
                        "status.conditions[1].status: Required value");

        Answer approved = server.api()
                .merge(
                        path + "/approval",
                        "{metadata: {labels: {a: b}}, status: {certificate: eA==, conditions: [" + APPROVED + "]}}")
                .expect(200);
        assertThat(approved.text("/status/conditions/0/lastUpdateTime")).isNotEmpty();
        assertThat(approved.text("/status/conditions/0/lastTransitionTime")).isNotEmpty();
        assertThat(approved.at("/status").has("certificate")).isFalse();
        assertThat(approved.text("/metadata/labels/a")).isEqualTo("b");
        assertThat(server.api().get(path + "/approval").expect(200).body())
                .isEqualTo(server.api().get(path).body());
        assertThat(Causes.of(server.api().merge(path + "/approval", "status: {conditions: []}")))
                .containsExactly(
                        "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"");
        assertThat(Causes.of(server.api()
                        .operations(
                                path + "/approval",
                                "[{op: add, path: /status/conditions/-, value: {type: Denied, status: 'True'}}]")))
                .containsExactly(
                        "status.conditions: Invalid value: \"Denied\": Approved and Denied conditions are mutually"
                                + " exclusive");
        server.api().delete(path + "/approval").refused(405, "MethodNotAllowed");
    }

    @OnBoth
    void aCertificateIsIssuedOnce(Server server) {
        String path = asked(server);
        server.api()
                .merge(path + "/approval", "status: {conditions: [" + APPROVED + "]}")
                .expect(200);

        assertThat(Causes.of(server.api().merge(path + "/status", "status: {certificate: eA==}")))
                .containsExactly("status.certificate: Invalid value: \"<certificate data>\": must contain at least one"
                        + " CERTIFICATE PEM block");
        assertThat(Causes.of(server.api().merge(path + "/status", "status: {certificate: " + WISH + "}")))
                .containsExactly(
                        "status.certificate: Invalid value: \"<certificate data>\": only CERTIFICATE PEM blocks"
                                + " are allowed, found \"CERTIFICATE REQUEST\"");
        Answer issued = server.api()
                .merge(
                        path + "/status",
                        "status: {certificate: " + CERTIFICATE
                                + ", conditions: [{type: Approved, status: 'True', message: other}]}")
                .expect(200);
        assertThat(issued.text("/status/certificate")).isEqualTo(CERTIFICATE);
        assertThat(issued.text("/status/conditions/0/message"))
                .as("decisions are not those of the signer")
                .isEqualTo("go on");
        assertThat(Causes.of(server.api().merge(path + "/status", "status: {certificate: null}")))
                .containsExactly("status.certificate: Forbidden: updates may not modify existing certificate content");
        Answer table = server.api()
                .with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .get(path)
                .expect(200);
        assertThat(table.at("/columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition");
        assertThat(table.text("/rows/0/cells/4")).isEqualTo("<none>");
        assertThat(table.text("/rows/0/cells/5")).isEqualTo("Approved,Issued");
    }
}
