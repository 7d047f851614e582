package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.settings.Settings;

/// The version, and what clients need to know of the settings. Nobody needs a login for it; strangers learn less.
final class SettingsMethods {
    private final Security security;
    private final ApiConfig config;

    SettingsMethods(Security security, ApiConfig config) {
        this.security = security;
        this.config = config;
    }

    void register(Methods methods) {
        methods.unary("version.VersionService/Version", this::version)
                .unary("cluster.SettingsService/Get", this::settings)
                .unary("cluster.SettingsService/GetPlugins", (call, request) -> JsonNodeFactory.instance.objectNode());
    }

    private JsonNode version(Call call, ObjectNode request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("Version", config.version());
        if (!call.caller().anonymous()) {
            answer.put("Compiler", "java " + Runtime.version().feature())
                    .put("Platform", System.getProperty("os.name") + '/' + System.getProperty("os.arch"))
                    .put("KustomizeVersion", config.kustomizeVersion());
        }
        return answer;
    }

    private JsonNode settings(Call call, ObjectNode request) {
        Settings settings = security.settings();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("url", settings.config("url"));
        answer.put("statusBadgeEnabled", settings.flag("statusbadge.enabled", false));
        answer.put("userLoginsDisabled", security.accounts().isEmpty());
        answer.putObject("googleAnalytics");
        answer.putObject("help");
        answer.putObject("kustomizeOptions");
        answer.put("uiBannerContent", settings.config("ui.bannercontent"));
        answer.put("uiBannerURL", settings.config("ui.bannerurl"));
        answer.put("passwordPattern", settings.config("passwordPattern"));
        if (call.caller().anonymous()) {
            return answer;
        }
        String label = settings.config("application.instanceLabelKey");
        String tracking = settings.config("application.resourceTrackingMethod");
        return answer.put("appLabelKey", label.isEmpty() ? "app.kubernetes.io/instance" : label)
                .put("trackingMethod", tracking.isEmpty() ? "annotation" : tracking)
                .put("controllerNamespace", config.namespace())
                .put("installationID", settings.config("installationID"));
    }
}
