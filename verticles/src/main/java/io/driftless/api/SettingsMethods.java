package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
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
        answer.put("statusBadgeRootUrl", settings.config("statusbadge.url"));
        answer.put("userLoginsDisabled", security.accounts().isEmpty());
        ObjectNode analytics = answer.putObject("googleAnalytics");
        text(analytics, "trackingID", settings.config("ga.trackingid"));
        if (!settings.config("ga.trackingid").isEmpty()) {
            analytics.put("anonymizeUsers", settings.flag("ga.anonymizeusers", true));
        }
        help(answer.putObject("help"), settings);
        text(answer.putObject("kustomizeOptions"), "buildOptions", settings.config("kustomize.buildOptions"));
        answer.put("uiCssURL", settings.config("ui.cssurl"));
        String warning = security.banner();
        answer.put("uiBannerContent", (warning + ' ' + settings.config("ui.bannercontent")).strip());
        answer.put("uiBannerURL", settings.config("ui.bannerurl"));
        answer.put("uiBannerPermanent", !warning.isEmpty() || settings.flag("ui.bannerpermanent", false));
        answer.put("uiBannerPosition", settings.config("ui.bannerposition"));
        answer.put("passwordPattern", settings.config("passwordPattern"));
        urls(answer, settings.config("additionalUrls"));
        return call.caller().anonymous() ? answer : known(answer, settings);
    }

    /// What those with a session are told besides.
    private JsonNode known(ObjectNode answer, Settings settings) {
        String label = settings.config("application.instanceLabelKey");
        String tracking = settings.config("application.resourceTrackingMethod");
        return answer.put("appLabelKey", label.isEmpty() ? "app.kubernetes.io/instance" : label)
                .put("trackingMethod", tracking.isEmpty() ? "annotation" : tracking)
                .put("controllerNamespace", config.namespace())
                .put("installationID", settings.config("installationID"))
                .put("execEnabled", false)
                .put("appsInAnyNamespaceEnabled", false)
                .put("impersonationEnabled", false)
                .put("hydratorEnabled", false)
                .put("syncWithReplaceAllowed", true);
    }

    private static void help(ObjectNode help, Settings settings) {
        String chat = settings.config("help.chatUrl");
        text(help, "chatUrl", chat);
        text(
                help,
                "chatText",
                chat.isEmpty() || !settings.config("help.chatText").isEmpty()
                        ? settings.config("help.chatText")
                        : "Chat now!");
        String prefix = "help.download.";
        settings.config().forEach((key, value) -> {
            if (key.startsWith(prefix) && !value.isEmpty()) {
                help.withObjectProperty("binaryUrls").put(key.substring(prefix.length()), value);
            }
        });
    }

    private static void urls(ObjectNode answer, String list) {
        if (!list.isBlank()) {
            try {
                GoYaml.readOne("additionalUrls of argocd-cm", list)
                        .forEach(url ->
                                answer.withArrayProperty("additionalUrls").add(url.asText()));
            } catch (RuntimeException notYaml) {
                answer.remove("additionalUrls");
            }
        }
    }

    private static void text(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }
}
