package io.driftless.localcluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/// Writes kubeconfigs that hold everything they need, readable by their owner alone.
final class Kubeconfig {
    private Kubeconfig() {}

    static Path write(Path file, URI server, String authority, Identity user) {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: driftless-local
                clusters:
                - name: driftless-local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: driftless-local
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                contexts:
                - name: driftless-local
                  context:
                    cluster: driftless-local
                    user: driftless-local
                    namespace: default
                """.formatted(server, base64(authority), base64(user.certificatePem()), base64(user.keyPem()));
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            var ownerAlone = PosixFilePermissions.fromString("rw-------");
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, ownerAlone);
            } else {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerAlone));
            }
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new LocalClusterException("the kubeconfig cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
