package io.driftless.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    @Test
    void makesACertificateThatJavaReadsAndThatVouchesForItself() throws Exception {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        Certificate made = SelfSigned.make(List.of("localhost", "argocd-server.argocd.svc"), now);

        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.certificate().getBytes(US_ASCII)));

        read.verify(read.getPublicKey());
        read.checkValidity(Date.from(now.plusSeconds(364 * 86_400L)));
        assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(read.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "argocd-server.argocd.svc");
        assertThat(made.key()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(made.toString()).isEqualTo("Certificate");
    }
}
