package io.driftless.http;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The cipher suites of Java's own choice, those with ChaCha20 first: code of the first compiler alone reaches
/// AES and GHASH without the processor's instructions for them, several times slower than ChaCha20, and servers
/// in Go follow the order of the client in this.
public final class CipherOrder {
    private static final List<String> PREFERRED = read();

    private CipherOrder() {}

    /// All suites that may be used, the preferred one first.
    public static List<String> preferred() {
        return PREFERRED;
    }

    private static List<String> read() {
        try {
            List<String> suites = new ArrayList<>(
                    List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites()));
            suites.sort(Comparator.comparing(suite -> !suite.contains("CHACHA20")));
            return List.copyOf(suites);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
