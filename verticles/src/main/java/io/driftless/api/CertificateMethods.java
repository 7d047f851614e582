package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Methods;
import io.driftless.trust.HostCertificate;
import io.driftless.trust.KnownHost;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// SSH host keys and TLS certificates of repository servers, in the ConfigMaps where Argo CD keeps them.
final class CertificateMethods {
    private static final String SERVICE = "certificate.CertificateService/";
    private static final String RESOURCE = "certificates";
    private static final String SSH_MAP = "argocd-ssh-known-hosts-cm";
    private static final String SSH_KEY = "ssh_known_hosts";
    private static final String TLS_MAP = "argocd-tls-certs-cm";
    private static final int MOST = 1_000;
    private final ConfigMaps maps;
    private final Security security;

    CertificateMethods(ConfigMaps maps, Security security) {
        this.maps = maps;
        this.security = security;
    }

    void register(Methods methods) {
        methods.unary(SERVICE + "ListCertificates", this::list)
                .unary(SERVICE + "CreateCertificate", this::create)
                .unary(SERVICE + "DeleteCertificate", this::delete);
    }

    private JsonNode list(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "get", "");
        CertificateQuery wanted = CertificateQuery.of(request);
        ObjectNode answer = emptyList();
        ArrayNode items = answer.withArrayProperty("items");
        if (wanted.type("https")) {
            maps.data(TLS_MAP).forEach((host, pem) -> {
                if (wanted.https(host)) {
                    certificates(pem).forEach(found -> items.add(shown(host, found)));
                }
            });
        }
        if (wanted.type("ssh")) {
            KnownHost.read(maps.data(SSH_MAP).getOrDefault(SSH_KEY, "")).stream()
                    .filter(wanted::ssh)
                    .forEach(known -> items.add(shown(known)));
        }
        return answer;
    }

    private JsonNode create(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "create", "");
        boolean upsert = request.path("upsert").asBoolean();
        if (upsert) {
            security.rbac().require(call.caller(), RESOURCE, "update", "");
        }
        JsonNode sent = request.path("certificates").path("items");
        if (sent.isEmpty() || sent.size() > MOST) {
            throw HttpFailure.invalid("a request holds between 1 and " + MOST + " certificates");
        }
        List<KnownHost> hosts = new ArrayList<>();
        ObjectNode answer = emptyList();
        ArrayNode items = answer.withArrayProperty("items");
        for (JsonNode certificate : sent) {
            String host = certificate.path("serverName").asText("");
            String data = text(certificate.path("certData").asText(""));
            switch (certificate.path("certType").asText("")) {
                case "ssh" ->
                    hosts.add(checked(
                            new KnownHost(host, certificate.path("certSubType").asText(""), data.strip())));
                case "https" -> createTls(host, data, upsert, items);
                default -> throw HttpFailure.invalid("certType must be ssh or https");
            }
        }
        if (!hosts.isEmpty()) {
            createSsh(hosts, upsert).forEach(known -> items.add(shown(known)));
        }
        return answer;
    }

    private void createTls(String host, String pem, boolean upsert, ArrayNode items) {
        if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.\\-_]{0,251}[A-Za-z0-9])?")) {
            throw HttpFailure.invalid("invalid hostname in request: a TLS certificate belongs to a host name");
        }
        List<HostCertificate> found = certificatesSent(host, pem);
        String wanted = pem.strip() + "\n";
        boolean[] changed = new boolean[1];
        maps.change(TLS_MAP, data -> {
            String before = data.get(host);
            if (before != null && !before.strip().equals(pem.strip()) && !upsert) {
                throw HttpFailure.invalid(
                        "TLS certificate for server '" + host + "' already exists, and upsert was not specified.");
            }
            changed[0] = before == null || !before.strip().equals(pem.strip());
            data.put(host, changed[0] ? wanted : before);
            return data;
        });
        if (changed[0]) {
            found.forEach(certificate -> items.add(shown(host, certificate)));
        }
    }

    /// What is new or another now.
    private List<KnownHost> createSsh(List<KnownHost> hosts, boolean upsert) {
        List<KnownHost> written = new ArrayList<>();
        maps.change(SSH_MAP, data -> {
            written.clear();
            List<KnownHost> known = new ArrayList<>(KnownHost.read(data.getOrDefault(SSH_KEY, "")));
            for (KnownHost host : hosts) {
                int at = position(known, host);
                if (at < 0) {
                    known.add(host);
                    written.add(host);
                } else if (!known.get(at).key().equals(host.key())) {
                    if (!upsert) {
                        throw HttpFailure.invalid("Key for '" + host.host() + "' (subtype: '" + host.type()
                                + "') already exist and upsert was not specified.");
                    }
                    known.set(at, host);
                    written.add(host);
                }
            }
            if (!written.isEmpty()) {
                data.put(SSH_KEY, KnownHost.write(known));
            }
            return data;
        });
        return written;
    }

    private static int position(List<KnownHost> known, KnownHost host) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).host().equals(host.host()) && known.get(i).type().equals(host.type())) {
                return i;
            }
        }
        return -1;
    }

    private JsonNode delete(Call call, ObjectNode request) {
        security.rbac().require(call.caller(), RESOURCE, "delete", "");
        if (request.path("hostNamePattern").asText("").isEmpty()) {
            throw HttpFailure.invalid("field hostNamePattern is missing; * stands for all hosts");
        }
        CertificateQuery wanted = CertificateQuery.of(request);
        ObjectNode answer = emptyList();
        ArrayNode items = answer.withArrayProperty("items");
        Map<String, String> tls = wanted.type("https") ? maps.data(TLS_MAP) : Map.of();
        if (tls.keySet().stream().anyMatch(wanted::https)) {
            tls.forEach((host, pem) -> {
                if (wanted.https(host)) {
                    items.add(shown(host, new HostCertificate("", "")));
                }
            });
            maps.change(TLS_MAP, data -> {
                data.keySet().removeIf(wanted::https);
                return data;
            });
        }
        List<KnownHost> gone = wanted.type("ssh")
                ? KnownHost.read(maps.data(SSH_MAP).getOrDefault(SSH_KEY, "")).stream()
                        .filter(wanted::ssh)
                        .toList()
                : List.of();
        if (!gone.isEmpty()) {
            gone.forEach(known -> items.add(shown(known)));
            maps.change(SSH_MAP, data -> {
                List<KnownHost> left = new ArrayList<>(KnownHost.read(data.getOrDefault(SSH_KEY, "")));
                left.removeIf(wanted::ssh);
                data.put(SSH_KEY, KnownHost.write(left));
                return data;
            });
        }
        return answer;
    }

    private static KnownHost checked(KnownHost host) {
        if (!host.problem().isEmpty()) {
            throw HttpFailure.invalid(host.problem());
        }
        return host;
    }

    private static List<HostCertificate> certificatesSent(String host, String pem) {
        try {
            return HostCertificate.read(pem);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("certificate of " + host + ": " + e.getMessage());
        }
    }

    /// What somebody put there by hand may be no certificate: it is shown as nothing.
    private static List<HostCertificate> certificates(String pem) {
        try {
            return HostCertificate.read(pem);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String text(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("certData is not base64");
        }
    }

    private static ObjectNode emptyList() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata");
        return list;
    }

    private static ObjectNode shown(KnownHost known) {
        return shown(known.host(), "ssh", known.type()).put("certInfo", known.fingerprint());
    }

    private static ObjectNode shown(String host, HostCertificate certificate) {
        return shown(host, "https", certificate.algorithm()).put("certInfo", certificate.subject());
    }

    private static ObjectNode shown(String host, String type, String subType) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serverName", host)
                .put("certType", type)
                .put("certSubType", subType);
    }
}
