package io.driftless.contract;

/// The kind of its own among the random ones: with a schema of many forms, a status and a scale.
final class DifferentialCrd {
    static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    static final String BODY = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.differential.example.com}
            spec:
              group: differential.example.com
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
                schema:
                  openAPIV3Schema:
                    type: object
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties:
                          size: {type: integer, minimum: 0, maximum: 100, multipleOf: 1}
                          colour: {type: string, enum: [red, green], default: red}
                          replicas: {type: integer, format: int32, minimum: 0}
                          parts:
                            type: array
                            maxItems: 3
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items: {type: object, required: [name], properties: {name: {type: string}, count: {type: integer, default: 1}}}
                          tags: {type: array, x-kubernetes-list-type: set, items: {type: string, maxLength: 5}}
                          free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          any: {x-kubernetes-int-or-string: true}
                          map: {type: object, additionalProperties: {type: string}}
                        x-kubernetes-validations: [{rule: "self.size != 50", message: "not fifty"}]
                      status: {type: object, properties: {phase: {type: string}, replicas: {type: integer}}}
            """;

    private DifferentialCrd() {}

    static void serve(Api api) {
        Answer made = api.post(PATH, BODY);
        if (made.code() != 201 && made.code() != 409) {
            made.expect(201);
        }
        org.awaitility.Awaitility.await("widgets are served")
                .until(() ->
                        api.get("/apis/differential.example.com/v1/widgets").code() == 200);
    }
}
