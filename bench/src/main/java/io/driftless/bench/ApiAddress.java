package io.driftless.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where an API server is, and how it is talked to.
///
/// @param tls with the client certificate of the kubeconfig; null for plain HTTP
record ApiAddress(String host, int port, @Nullable SSLContext tls) {

    /// @throws IOException naming the file, where it cannot be used
    static ApiAddress of(Path kubeconfig) throws IOException {
        if (!Files.isReadable(kubeconfig)) {
            throw new IOException(kubeconfig + " is no kubeconfig that can be read");
        }
        try {
            Config config = Config.fromKubeconfig(kubeconfig.toFile());
            URI url = URI.create(config.getMasterUrl());
            boolean secure = "https".equals(url.getScheme());
            int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
            return new ApiAddress(url.getHost(), port, secure ? SSLUtils.sslContext(config) : null);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(kubeconfig + " cannot be used: " + e.getMessage(), e);
        }
    }
}
