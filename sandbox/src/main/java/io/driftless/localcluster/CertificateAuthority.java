package io.driftless.localcluster;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Signs the certificates of one cluster. Its key never leaves this process.
final class CertificateAuthority {
    static final String CURVE = "1.2.840.10045.3.1.7";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final Duration VALID = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Identity self;

    private CertificateAuthority(Identity self) {
        this.self = self;
    }

    static CertificateAuthority create(String name) {
        KeyPair keys = newKeys();
        X500Principal subject = new X500Principal("CN=" + name);
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence(Der.yes())),
                extension("2.5.29.15", true, Der.bits(new byte[] {0x06}, 1)));
        return new CertificateAuthority(new Identity(keys, sign(subject, keys, subject, keys, extensions)));
    }

    /// For a server on the loopback address.
    Identity server(String name) {
        byte[] names = Der.sequence(
                Der.implicit(7, new byte[] {127, 0, 0, 1}),
                Der.implicit(2, ascii("localhost")),
                Der.implicit(2, ascii("kubernetes.default.svc")));
        // etcd's own gateway calls it with the certificate that it serves with.
        return issue("CN=" + name, List.of(SERVER, CLIENT), extension("2.5.29.17", false, names));
    }

    /// For a user of the API server, who belongs to these groups.
    Identity client(String user, List<String> groups) {
        StringBuilder subject = new StringBuilder("CN=").append(user);
        groups.forEach(group -> subject.append(",O=").append(group));
        return issue(subject.toString(), List.of(CLIENT), new byte[0]);
    }

    private Identity issue(String subject, List<String> purposes, byte[] further) {
        KeyPair keys = newKeys();
        byte[] extensions = Der.sequence(
                extension("2.5.29.15", true, Der.bits(new byte[] {(byte) 0x80}, 7)),
                extension(
                        "2.5.29.37",
                        false,
                        Der.sequence(purposes.stream().map(Der::oid).toArray(byte[][]::new))),
                further);
        return new Identity(
                keys,
                sign(
                        new X500Principal(subject),
                        keys,
                        self.certificate().getSubjectX500Principal(),
                        self.keys(),
                        extensions));
    }

    String certificatePem() {
        return self.certificatePem();
    }

    /// For connections to a server of this authority, as `identity` or, without one, as nobody.
    SSLContext trusting(@Nullable Identity identity) {
        char[] password = {'x'};
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", self.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (identity != null) {
                own.setKeyEntry(
                        "own", identity.keys().getPrivate(), password, new X509Certificate[] {identity.certificate()});
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), RANDOM);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("TLS with a certificate of our own cannot be set up", e);
        }
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }

    private static X509Certificate sign(
            X500Principal subject, KeyPair keys, X500Principal issuer, KeyPair issuerKeys, byte[] extensions) {
        Instant now = Instant.now();
        byte[] body = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, RANDOM).setBit(119)),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                Der.sequence(Der.time(now.minusSeconds(300)), Der.time(now.plus(VALID))),
                subject.getEncoded(),
                keys.getPublic().getEncoded(),
                Der.explicit(3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuerKeys.getPrivate());
            signature.update(body);
            byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign(), 0));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate for " + subject + " cannot be signed", e);
        }
    }

    private static byte[] extension(String id, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(id), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(id), Der.octets(value));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
