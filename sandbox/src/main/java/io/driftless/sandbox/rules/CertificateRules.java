package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes requests for certificates invalid, and who may say that they are approved or issued.
final class CertificateRules {
    private static final List<String> USAGES = List.of(
            "any",
            "cert sign",
            "client auth",
            "code signing",
            "content commitment",
            "crl sign",
            "data encipherment",
            "decipher only",
            "digital signature",
            "email protection",
            "encipher only",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "key agreement",
            "key encipherment",
            "microsoft sgc",
            "netscape sgc",
            "ocsp signing",
            "s/mime",
            "server auth",
            "signing",
            "timestamping");
    private static final int SHORTEST_CERTIFICATE = 600;

    private static final List<String> DECISIONS = List.of("Approved", "Denied");
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");
    private static final List<String> TRUTHS = List.of("False", "True", "Unknown");

    private CertificateRules() {}

    /// @param subresource the one that is written; empty for the request
    static void add(String subresource, JsonNode request, @Nullable JsonNode before, List<Violation> out) {
        wish(Part.at("spec", request.path("spec"), out));
        Part status = Part.at("status", request.path("status"), out);
        conditions(status);
        JsonNode certificate = status.value().path("certificate");
        JsonNode was = before == null ? certificate : before.path("status").path("certificate");
        if (!certificate.equals(was) && !certificate.isMissingNode()) {
            issued(status.in("certificate"));
        }
        if (before == null) {
            return;
        }
        Part all = status.in("conditions");
        JsonNode old = before.path("status").path("conditions");
        for (String type : LASTING) {
            if (of(type, all.value()).size() < of(type, old).size()) {
                all.forbidden("updates may not remove a condition of type " + Json.quoted(type));
            }
        }
        if (!subresource.equals("approval")) {
            DECISIONS.forEach(type -> decided(all, type, of(type, old), of(type, all.value())));
        }
        if (!certificate.equals(was)) {
            if (!subresource.equals("status")) {
                status.in("certificate").forbidden("updates may not set certificate content");
            } else if (!was.isMissingNode()) {
                status.in("certificate").forbidden("updates may not modify existing certificate content");
            }
        }
    }

    private static void wish(Part spec) {
        Part request = spec.in("request");
        String pem = new String(Base64.getMimeDecoder().decode(request.text()), StandardCharsets.ISO_8859_1);
        if (!pem.contains("-----BEGIN CERTIFICATE REQUEST-----")) {
            request.invalid(
                    request.there() ? request.value().toString() : "null",
                    "PEM block type must be CERTIFICATE REQUEST");
        }
        if (spec.in("usages").value().isEmpty()) {
            spec.in("usages").required("");
        }
        Set<String> seen = new HashSet<>();
        for (Part usage : spec.each("usages")) {
            usage.oneOf(USAGES);
            if (!seen.add(usage.text())) {
                usage.duplicate(usage.text());
            }
        }
        Part signer = spec.in("signerName");
        if (signer.needed() && !signer.text().matches("[^/]+\\.[^/]+/.+")) {
            signer.invalid("must be a fully qualified domain and path of the form 'example.com/signer-name'");
        }
        Part seconds = spec.in("expirationSeconds");
        if (seconds.there() && seconds.number() < SHORTEST_CERTIFICATE) {
            seconds.invalid("may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static void conditions(Part status) {
        Set<String> seen = new HashSet<>();
        for (Part condition : status.each("conditions")) {
            String type = condition.in("type").text();
            condition.in("type").needed();
            if (condition.in("status").needed()) {
                condition.in("status").oneOf(LASTING.contains(type) ? List.of("True") : TRUTHS);
            }
            String other = type.equals("Approved") ? "Denied" : type.equals("Denied") ? "Approved" : "";
            if (seen.contains(other)) {
                status.in("conditions")
                        .invalid(Json.quoted(type), "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.add(type)) {
                condition.in("type").duplicate(type);
            }
        }
    }

    private static void issued(Part certificate) {
        String pem = new String(Base64.getMimeDecoder().decode(certificate.text()), StandardCharsets.ISO_8859_1);
        int begin = pem.indexOf("-----BEGIN ");
        if (begin < 0) {
            certificate.invalid("\"<certificate data>\"", "must contain at least one CERTIFICATE PEM block");
        } else if (!pem.startsWith("-----BEGIN CERTIFICATE-----", begin)) {
            String type = pem.substring(begin + "-----BEGIN ".length()).split("-----", 2)[0];
            certificate.invalid(
                    "\"<certificate data>\"", "only CERTIFICATE PEM blocks are allowed, found " + Json.quoted(type));
        }
    }

    private static ArrayNode of(String type, JsonNode conditions) {
        ArrayNode out = Json.MAPPER.createArrayNode();
        conditions.forEach(one -> {
            if (one.path("type").asText().equals(type)) {
                out.add(one);
            }
        });
        return out;
    }

    /// Whoever may not decide leaves the decision as it is.
    private static void decided(Part all, String type, ArrayNode old, ArrayNode now) {
        if (now.size() > old.size()) {
            all.forbidden("updates may not add a condition of type " + Json.quoted(type));
        } else if (now.size() == old.size() && !now.equals(old)) {
            all.forbidden("updates may not modify a condition of type " + Json.quoted(type) + "\n"
                    + InternalText.CERTIFICATE_CONDITION.changes(old, now));
        }
    }
}
