package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;

/// Text that is not YAML. The name of the kind appears in the message once the text is a resource file's, because error
/// reports depend on it.
public final class MalformedYaml extends KustomizeException {
    private static final long serialVersionUID = 1;

    public MalformedYaml(String message) {
        super(message);
    }

    MalformedYaml named() {
        return new MalformedYaml("MalformedYAMLError: " + getMessage());
    }
}
