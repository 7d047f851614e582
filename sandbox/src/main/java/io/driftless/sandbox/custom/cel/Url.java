package io.driftless.sandbox.custom.cel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An absolute URL, or a path from the root.
///
/// @param host with the port, where one is named
/// @param path as it is written in the URL
/// @param text the whole of it
record Url(String scheme, String host, String path, String query, String text) implements Values.Foreign {
    private static final String UNRESERVED = "-_.~$&+,/:;=@!'()*[]";

    @Override
    public String type() {
        return "kubernetes.URL";
    }

    String hostname() {
        if (host.startsWith("[")) {
            return host.substring(1, host.indexOf(']'));
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    String port() {
        int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.lastIndexOf(':');
        return colon < 0 ? "" : host.substring(colon + 1);
    }

    /// The path as it may stand in a URL.
    String escapedPath() {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || c == '%');
            out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }

    /// The values of each name in the query; what cannot be read is left out.
    Map<Object, Object> parameters() {
        Map<Object, Object> out = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] sides = pair.split("=", 2);
            Optional<String> name = Escaped.read(sides[0].replace('+', ' '));
            Optional<String> value = Escaped.read(sides.length < 2 ? "" : sides[1].replace('+', ' '));
            if (!pair.isEmpty() && !pair.contains(";") && name.isPresent() && value.isPresent()) {
                @SuppressWarnings("unchecked")
                List<Object> values = (List<Object>) out.computeIfAbsent(name.get(), _ -> new ArrayList<>());
                values.add(value.get());
            }
        }
        return out;
    }

    /// Percent signs with two digits behind them.
    static final class Escaped {
        private Escaped() {}

        /// The text that is meant; empty where a percent sign stands alone.
        static Optional<String> read(String text) {
            return wrong(text).isEmpty() ? Optional.of(plain(text)) : Optional.empty();
        }

        /// The first escape that is none; empty where all are.
        static String wrong(String text) {
            for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
                String escape = text.substring(at, Math.min(at + 3, text.length()));
                if (!escape.matches("%[0-9a-fA-F]{2}")) {
                    return escape;
                }
            }
            return "";
        }

        private static String plain(String text) {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                boolean escape = bytes[i] == '%';
                out.write(
                        escape ? Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.UTF_8), 16) : bytes[i]);
                i += escape ? 2 : 0;
            }
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
