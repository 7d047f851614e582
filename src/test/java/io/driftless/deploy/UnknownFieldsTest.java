package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.objects.yaml.GoYaml;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {
    @Test
    void aMisspeltFieldIsFoundHoweverDeep() {
        assertThat(UnknownFields.of(GoYaml.readOne("deployment.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec:
                  replica: 2
                  template:
                    spec:
                      containers: [{name: a, image: a, livenessProbe: {httpget: {path: /}}}]
                """)))
                .containsExactlyInAnyOrder(
                        "Deployment.spec.replica", "Deployment.spec.template.spec.containers[0].livenessProbe.httpget");
    }
}
