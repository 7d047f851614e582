package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/// Where a webhook is: at an address, or behind a service.
public final class WebhookClients {
    private WebhookClients() {}

    /// Adds what is wrong with the name of a version of reviews.
    public static void version(String at, String name, List<Violation> wrong) {
        Labels1035.check(at, name, wrong);
    }

    /// Adds what is wrong with where a webhook is.
    public static void check(String at, JsonNode client, List<Violation> wrong) {
        boolean url = client.has("url");
        if (url == client.path("service").isObject()) {
            wrong.add(Violation.required(at, "exactly one of url or service is required"));
        } else if (url) {
            url(at, client.path("url").asText(), wrong);
        } else {
            service(at, client.path("service"), wrong);
        }
    }

    private static void url(String at, String url, List<Violation> wrong) {
        String form = "; desired format: https://host[/path]";
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        String host = colon < 0 ? "" : url.substring(colon + "://".length()).split("[/?#]", 2)[0];
        if (!scheme.equals("https")) {
            wrong.add(Violation.invalid(
                    at + ".url", Quoted.text(scheme), "'https' is the only allowed URL scheme" + form));
        }
        if (host.isEmpty()) {
            wrong.add(Violation.invalid(at + ".url", "\"\"", "host must be specified" + form));
        }
    }

    private static void service(String at, JsonNode service, List<Violation> wrong) {
        String path = at + ".service";
        for (String field : List.of("name", "namespace")) {
            if (service.path(field).asText().isEmpty()) {
                wrong.add(Violation.required(path + "." + field, ""));
            }
        }
        int port = service.path("port").asInt();
        if (port < 1 || port > 65535) {
            wrong.add(Violation.invalid(
                    path + ".port", "" + port, "port is not valid: must be between 1 and 65535, inclusive"));
        }
        if (service.has("path")) {
            path(path + ".path", service.path("path").asText(), wrong);
        }
    }

    private static void path(String at, String text, List<Violation> wrong) {
        String shown = Quoted.text(text);
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (!text.startsWith("/")) {
            wrong.add(Violation.invalid(at, shown, "must start with a '/'"));
        }
        String inner = text.startsWith("/") ? text.substring(1) : "";
        String[] segments = inner.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty() && (i < segments.length - 1 || segments.length == 1)) {
                wrong.add(Violation.invalid(at, shown, "segment[" + i + "] may not be empty"));
            }
        }
    }
}
