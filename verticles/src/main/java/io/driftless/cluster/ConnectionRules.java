package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the declaration of a cluster may not say about how it is opened. Nothing that is declared makes this process
/// run a program, read a file of its machine, or ask where clouds hand credentials to whatever asks from within.
public final class ConnectionRules {
    private static final List<String> PROGRAMS = List.of("execProviderConfig", "exec", "auth-provider");
    private static final List<String> FILES = List.of("tokenFile", "bearerTokenFile", "caFile", "certFile", "keyFile");
    private static final Set<String> PROXIES = Set.of("http", "https", "socks5");

    private ConnectionRules() {}

    /// What is wrong with a `config`, by field and with the remedy, quoting nothing of it; empty where it may be used.
    public static Optional<String> fault(JsonNode config) {
        for (String program : PROGRAMS) {
            if (config.hasNonNull(program)) {
                return Optional.of(program + " is refused, because Driftless runs no program to get credentials:"
                        + " give bearerToken, or certData and keyData of tlsClientConfig");
            }
        }
        JsonNode tls = config.path("tlsClientConfig");
        for (String file : FILES) {
            if (config.hasNonNull(file) || tls.hasNonNull(file)) {
                return Optional.of(file + " is refused, because Driftless reads no credentials from files of its own"
                        + " machine: give what is in the file, in bearerToken, caData, certData or keyData");
            }
        }
        if (tls.path("insecure").asBoolean() && !tls.path("caData").asText("").isEmpty()) {
            return Optional.of("tlsClientConfig has both insecure and caData, and a certificate is either checked or"
                    + " not: leave insecure out");
        }
        String proxy = config.path("proxyUrl").asText("");
        return proxy.isEmpty() || mayBeProxy(proxy)
                ? Optional.empty()
                : Optional.of("proxyUrl is refused: give a URL of http, https or socks5 with a host and nothing after"
                        + " the port, and no link-local or metadata address");
    }

    private static boolean mayBeProxy(String text) {
        try {
            URI proxy = URI.create(text);
            return proxy.getScheme() != null
                    && PROXIES.contains(proxy.getScheme().toLowerCase(Locale.ROOT))
                    && proxy.getHost() != null
                    && (proxy.getRawPath() == null || proxy.getRawPath().matches("/?"))
                    && proxy.getRawQuery() == null
                    && proxy.getRawFragment() == null
                    && !handsOutCredentials(proxy.getHost());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /// Whether clouds hand credentials to whoever asks this host from within.
    public static boolean handsOutCredentials(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("169.254.") || name.startsWith("[fe80:") || name.equals("metadata.google.internal");
    }
}
