package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// How requests for certificates are shown.
final class CertificateTable {
    static final String TYPE = "certificatesigningrequests.certificates.k8s.io";

    private CertificateTable() {}

    static String duration(JsonNode spec) {
        JsonNode seconds = spec.path("expirationSeconds");
        return seconds.isMissingNode() ? "<none>" : Tables.age(Duration.ofSeconds(seconds.asLong()));
    }

    /// What was decided, whether it failed, whether the certificate is there.
    static String condition(JsonNode status) {
        Set<String> types = new HashSet<>();
        status.path("conditions").forEach(one -> types.add(one.path("type").asText()));
        return (types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending")
                + (types.contains("Failed") ? ",Failed" : "")
                + (status.path("certificate").asText().isEmpty() ? "" : ",Issued");
    }
}
