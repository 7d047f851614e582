package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Locale;

/// The names that Argo CD gives to the Secrets it makes, so that both find the same ones.
final class SecretNames {
    private SecretNames() {}

    /// @param prefix `repo` or `creds`
    static String repository(String prefix, String url, String project) {
        return prefix + '-' + Integer.toUnsignedString(fnv32a(url + project));
    }

    static String cluster(String server) {
        String host = "cluster";
        try {
            String parsed = URI.create(server).getHost();
            host = parsed == null
                    ? host
                    : parsed.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "").replace(':', '-');
        } catch (IllegalArgumentException notAnAddress) {
            // The digest alone tells it apart.
        }
        return "cluster-" + host + '-' + Integer.toUnsignedString(fnv32a(server));
    }

    private static int fnv32a(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ b & 0xff) * 0x01000193;
        }
        return hash;
    }
}
