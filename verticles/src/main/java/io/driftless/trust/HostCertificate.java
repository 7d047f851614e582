package io.driftless.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate that a server may show, or that signed it.
///
/// @param algorithm of its key, such as `rsa`
/// @param subject in the form of RFC 2253
public record HostCertificate(String algorithm, String subject) {
    private static final int MOST = 100;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]{1,20000}-----END CERTIFICATE-----");

    /// The certificates of a PEM text.
    ///
    /// @throws IllegalArgumentException when it holds none, or one that is none
    public static List<HostCertificate> read(String pem) {
        List<HostCertificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            if (found.size() == MOST) {
                throw new IllegalArgumentException("more than " + MOST + " certificates");
            }
            found.add(one(blocks.group()));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no valid PEM data with a certificate in it");
        }
        return found;
    }

    private static HostCertificate one(String block) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(US_ASCII)));
            String algorithm = certificate.getPublicKey().getAlgorithm();
            return new HostCertificate(
                    algorithm.equals("EC") ? "ecdsa" : algorithm.toLowerCase(Locale.ROOT),
                    certificate.getSubjectX500Principal().getName());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a block of the PEM data is no certificate");
        }
    }
}
