package io.driftless.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Makes certificates that vouch for themselves: an elliptic key (P-256), good for a year, for a list of host names.
public final class SelfSigned {
    private static final int SEQUENCE = 0x30;
    private static final byte[] ECDSA_SHA256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
    };
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final byte[] ALTERNATIVE_NAMES = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SelfSigned() {}

    /// @param names host names; the first is the subject
    public static Certificate make(List<String> names, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            KeyPair pair = generator.generateKeyPair();
            byte[] body = body(names, now, pair);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            byte[] whole = tagged(
                    SEQUENCE, body, tagged(SEQUENCE, ECDSA_SHA256), tagged(0x03, new byte[] {0}, signature.sign()));
            return new Certificate(
                    pem("CERTIFICATE", whole),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a certificate", e);
        }
    }

    private static byte[] body(List<String> names, Instant now, KeyPair pair) {
        byte[] subject = tagged(
                SEQUENCE,
                tagged(
                        0x31,
                        tagged(
                                SEQUENCE,
                                COMMON_NAME,
                                tagged(0x0c, names.getFirst().getBytes(US_ASCII)))));
        byte[] validity = tagged(SEQUENCE, time(now.minus(1, ChronoUnit.HOURS)), time(now.plus(365, ChronoUnit.DAYS)));
        byte[][] alternatives = names.stream()
                .map(name -> tagged(0x82, name.getBytes(US_ASCII)))
                .toArray(byte[][]::new);
        byte[] extension = tagged(SEQUENCE, ALTERNATIVE_NAMES, tagged(0x04, tagged(SEQUENCE, alternatives)));
        return tagged(
                SEQUENCE,
                tagged(0xa0, new byte[] {0x02, 0x01, 0x02}),
                tagged(0x02, new BigInteger(126, new SecureRandom()).setBit(126).toByteArray()),
                tagged(SEQUENCE, ECDSA_SHA256),
                subject,
                validity,
                subject,
                pair.getPublic().getEncoded(),
                tagged(0xa3, tagged(SEQUENCE, extension)));
    }

    private static byte[] time(Instant instant) {
        return tagged(0x18, TIME.format(instant).getBytes(US_ASCII));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(length < 0x100 ? 0x81 : 0x82);
            if (length >= 0x100) {
                out.write(length >> 8);
            }
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
