package io.driftless.localcluster;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/// A key pair and the certificate that says whose it is.
public record Identity(KeyPair keys, X509Certificate certificate) {
    private static final int KEY_BYTES = 32;

    String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of our own cannot be written", e);
        }
    }

    String keyPem() {
        return keyPem(keys);
    }

    /// In the form of SEC 1, whose first line tells clients which kind of key it is.
    static String keyPem(KeyPair keys) {
        byte[] number = ((ECPrivateKey) keys.getPrivate()).getS().toByteArray();
        byte[] secret = new byte[KEY_BYTES];
        int length = Math.min(number.length, KEY_BYTES);
        System.arraycopy(number, number.length - length, secret, KEY_BYTES - length, length);
        byte[] spki = keys.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(spki, spki.length - 2 * KEY_BYTES - 1, spki.length);
        return pem(
                "EC PRIVATE KEY",
                Der.sequence(
                        Der.integer(BigInteger.ONE),
                        Der.octets(secret),
                        Der.explicit(0, Der.oid(CertificateAuthority.CURVE)),
                        Der.explicit(1, Der.bits(point, 0))));
    }

    static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
