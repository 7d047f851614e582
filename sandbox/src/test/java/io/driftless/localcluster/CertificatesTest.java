package io.driftless.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SignatureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Certificates of our own making, as the JDK reads them.
class CertificatesTest {
    @Test
    void aServerIsTrustedByWhoTrustsItsAuthorityAlone() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("one");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.trusting(authority.server("server"))));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
            try (Requests known = new Requests(url, authority.trusting(null));
                    Requests stranger =
                            new Requests(url, CertificateAuthority.create("two").trusting(null))) {
                assertThat(known.ok("/")).isTrue();
                assertThat(stranger.ok("/")).isFalse();
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aUserIsNamedByTheCertificateAndSignedByTheAuthority() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("one");
        Identity user = authority.client("somebody", List.of("first", "second"));
        Identity other = CertificateAuthority.create("two").client("somebody", List.of());

        assertThat(user.certificate().getSubjectX500Principal().getName())
                .contains("CN=somebody", "O=first", "O=second");
        assertThat(user.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(user.certificate().getBasicConstraints()).as("no authority").isNegative();
        assertThatCode(() -> user.certificate().checkValidity()).doesNotThrowAnyException();
        assertThatThrownBy(() -> other.certificate()
                        .verify(authority.server("any").certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
        assertThat(user.keyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
    }
}
