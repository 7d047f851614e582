package io.driftless.sandbox.rules;

import io.driftless.sandbox.model.Json;
import java.util.List;
import java.util.regex.Pattern;

/// What makes the probes and the hooks of a container invalid.
public final class ProbeRules {
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");
    private static final List<String> COUNTS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
    private static final String NOT_HEADER = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
            + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

    private ProbeRules() {}

    /// A probe that is done with after one success.
    static void once(Part probe, long grace) {
        add(probe, grace);
        Part successes = probe.in("successThreshold");
        if (successes.there() && successes.number() != 1) {
            successes.invalid("must be 1");
        }
    }

    static void readiness(Part probe, long grace) {
        add(probe, grace);
        probe.with("terminationGracePeriodSeconds", seconds -> seconds.invalid("must not be set for readinessProbes"));
    }

    private static void add(Part probe, long grace) {
        handler(probe, grace);
        COUNTS.forEach(count -> probe.in(count).notNegative());
        probe.with("terminationGracePeriodSeconds", seconds -> {
            if (seconds.number() <= 0) {
                seconds.invalid("must be greater than 0");
            }
        });
    }

    /// What is done: the first way counts, each other is one too many.
    static void handler(Part part, long grace) {
        boolean found = false;
        for (String name : HANDLERS) {
            Part handler = part.in(name);
            if (!handler.there()) {
                continue;
            }
            if (found) {
                handler.forbidden("may not specify more than 1 handler type");
            } else {
                one(name, handler, grace);
            }
            found = true;
        }
        if (!found) {
            part.required("must specify a handler type");
        }
    }

    private static void one(String name, Part handler, long grace) {
        switch (name) {
            case "exec" -> {
                if (handler.in("command").value().isEmpty()) {
                    handler.in("command").required("");
                }
            }
            case "httpGet" -> get(handler);
            case "tcpSocket" -> PortRules.either(handler.in("port"));
            case "grpc" -> handler.in("port").between(1, PortRules.LARGEST);
            default -> {
                long seconds = handler.in("seconds").number();
                if (seconds < 0 || seconds > grace) {
                    handler.invalid(
                            Long.toString(seconds),
                            "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
                }
            }
        }
    }

    private static void get(Part get) {
        get.in("path").needed();
        PortRules.either(get.in("port"));
        get.in("scheme").oneOf(SCHEMES);
        for (Part header : get.each("httpHeaders")) {
            String name = header.in("name").text();
            if (!HEADER.matcher(name).matches()) {
                get.in("httpHeaders").invalid(Json.quoted(name), NOT_HEADER);
            }
        }
    }
}
