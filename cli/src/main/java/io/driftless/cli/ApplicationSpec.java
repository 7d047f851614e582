package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The spec of an Application as the server has it, to be replaced by a changed one.
record ApplicationSpec(ApiClient api, ApplicationRef application, JsonNode spec) {
    static ApplicationSpec of(ApiClient api, ApplicationRef application) {
        return new ApplicationSpec(
                api, application, api.get(application.path("", "")).path("spec"));
    }

    /// For changes; leaves this one alone.
    ObjectNode copy() {
        return spec instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    /// @param validate whether the server looks at the source first
    void replace(ObjectNode wanted, boolean validate) {
        api.put(application.path("/spec", "validate=" + validate), wanted);
    }
}
