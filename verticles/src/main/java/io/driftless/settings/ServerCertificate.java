package io.driftless.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import io.driftless.http.Certificate;
import io.driftless.http.SelfSigned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificate of the web port: that of the Secret `argocd-server-tls`, else that of
/// `argocd-secret`, where one is made and kept when there is none, so that clients see the same
/// after a restart.
public final class ServerCertificate {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private ServerCertificate() {}

    /// Blocks.
    public static Certificate load(Cluster cluster, String namespace) {
        return cluster.get(new ResourceId("", "Secret", namespace, "argocd-server-tls"), null)
                .flatMap(secret -> of(SettingsWatch.decoded(secret)))
                .orElseGet(() -> kept(cluster, namespace));
    }

    private static Certificate kept(Cluster cluster, String namespace) {
        try (SettingsWatch settings = new SettingsWatch(cluster, namespace)) {
            Optional<Certificate> found = of(settings.get().secret());
            if (found.isPresent()) {
                return found.get();
            }
            Certificate made = SelfSigned.make(names(namespace), Instant.now());
            settings.changeSecret(secret -> {
                if (of(secret).isEmpty()) {
                    secret.put(CERTIFICATE, made.certificate().getBytes(UTF_8));
                    secret.put(KEY, made.key().getBytes(UTF_8));
                }
                return secret;
            });
            return of(settings.get().secret()).orElse(made);
        }
    }

    private static List<String> names(String namespace) {
        return List.of(
                "localhost",
                "argocd-server",
                "argocd-server." + namespace,
                "argocd-server." + namespace + ".svc",
                "argocd-server." + namespace + ".svc.cluster.local",
                "driftless-api",
                "driftless-api." + namespace,
                "driftless-api." + namespace + ".svc");
    }

    private static Optional<Certificate> of(Map<String, byte[]> data) {
        byte[] certificate = data.get(CERTIFICATE);
        byte[] key = data.get(KEY);
        return certificate == null || key == null || certificate.length == 0 || key.length == 0
                ? Optional.empty()
                : Optional.of(new Certificate(new String(certificate, UTF_8), new String(key, UTF_8)));
    }
}
