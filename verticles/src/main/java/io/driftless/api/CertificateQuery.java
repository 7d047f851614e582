package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Glob;
import io.driftless.trust.KnownHost;
import java.util.List;

/// Which certificates a request asks for. Empty and `*` stand for any.
///
/// @param host pattern of host names
/// @param type `ssh` or `https`
/// @param subType of an SSH key
record CertificateQuery(String host, String type, String subType) {
    static CertificateQuery of(JsonNode request) {
        String type = request.path("certType").asText("");
        if (!List.of("", "*", "ssh", "https").contains(type)) {
            throw HttpFailure.invalid("certType must be ssh or https");
        }
        return new CertificateQuery(
                request.path("hostNamePattern").asText(""),
                type,
                request.path("certSubType").asText(""));
    }

    /// Whether certificates of this type are wanted at all.
    boolean type(String of) {
        return type.isEmpty() || type.equals("*") || type.equals(of);
    }

    boolean ssh(KnownHost known) {
        return type("ssh") && host(known.host()) && (any(subType) || subType.equals(known.type()));
    }

    boolean https(String name) {
        return type("https") && host(name);
    }

    private boolean host(String name) {
        return any(host) || Glob.matches(host, name);
    }

    private static boolean any(String text) {
        return text.isEmpty() || text.equals("*");
    }
}
