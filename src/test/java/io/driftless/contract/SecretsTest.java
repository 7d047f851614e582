package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

/// Secrets: what is written as text is kept encoded.
class SecretsTest {
    @OnBoth
    void textIsEncodedAndNotKept(Server server) {
        Answer made = server.api()
                .post(server.core("secrets"), "{metadata: {name: a}, data: {k: b2xk, l: bA==}, stringData: {k: new}}")
                .expect(201);

        assertThat(made.body().has("stringData")).isFalse();
        assertThat(made.text("/data/k")).as("text wins").isEqualTo("bmV3");
        assertThat(made.text("/data/l")).isEqualTo("bA==");
        assertThat(made.text("/type")).isEqualTo("Opaque");
        assertThat(server.api()
                        .merge(server.core("secrets/a"), "stringData: {m: more}")
                        .expect(200)
                        .text("/data/m"))
                .isEqualTo("bW9yZQ==");
    }

    @OnBoth
    void whatIsNotEncodedIsRefused(Server server) {
        server.api()
                .post(server.core("secrets"), "{metadata: {name: a}, data: {k: \"not base64!\"}}")
                .refused(400, "BadRequest");
        server.api()
                .post(server.core("secrets"), "{metadata: {name: a}, data: {\"not a key\": bA==}}")
                .refused(422, "Invalid");
    }

    @OnBoth
    void theTypeDecidesWhatBelongsInAndStays(Server server) {
        server.api()
                .post(server.core("secrets"), "{metadata: {name: a}, type: kubernetes.io/tls, data: {}}")
                .refused(422, "Invalid");
        server.api()
                .post(
                        server.core("secrets"),
                        "{metadata: {name: a}, type: kubernetes.io/tls, stringData: {tls.crt: c, tls.key: k}}")
                .expect(201);
        server.api()
                .post(
                        server.core("secrets"),
                        "{metadata: {name: b}, type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: \"{}\"}}")
                .expect(201);
        server.api().merge(server.core("secrets/b"), "type: Opaque").refused(422, "Invalid");
    }

    @OnBoth
    void appliedTextIsOwnedAsText(Server server) {
        String path = server.core("secrets/a?fieldManager=one");
        Answer made = server.api()
                .apply(path, "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {k: v}\n")
                .expect(201);

        assertThat(made.text("/data/k")).isEqualTo("dg==");
        assertThat(made.body().has("stringData")).isFalse();
        long second = Instant.now().getEpochSecond();
        server.await("a second has passed", () -> Instant.now().getEpochSecond() > second);
        Answer again = server.api()
                .apply(path, "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {k: v}\n")
                .expect(200);
        assertThat(again.version()).isEqualTo(made.version());
        Answer changed = server.api()
                .apply(path, "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {k: w}\n")
                .expect(200);
        assertThat(changed.text("/data/k")).isEqualTo("dw==");
    }
}
