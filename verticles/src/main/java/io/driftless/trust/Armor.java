package io.driftless.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/// OpenPGP's text form of a public key (RFC 9580, section 6): base64 between two lines, with a
/// checksum that old programs expect.
final class Armor {
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";
    private static final int LINE = 64;
    private static final int MOST = 2_000_000;

    private Armor() {}

    /// The packets in the first block of a text.
    static byte[] read(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (text.length() > MOST || begin < 0 || end < 0) {
            throw new IllegalArgumentException("there is no PGP public key block");
        }
        StringBuilder body = new StringBuilder();
        for (String line : text.substring(begin + BEGIN.length(), end).lines().toList()) {
            String content = line.strip();
            // Headers have a colon, the checksum begins with an equals sign; base64 has neither.
            if (!content.contains(":") && !content.startsWith("=")) {
                body.append(content);
            }
        }
        try {
            return Base64.getDecoder().decode(body.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the PGP public key block is not base64");
        }
    }

    static String write(byte[] packets) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII));
        int sum = checksum(packets);
        byte[] check = {(byte) (sum >> 16), (byte) (sum >> 8), (byte) sum};
        return BEGIN + "\n\n" + encoder.encodeToString(packets) + "\n=" + encoder.encodeToString(check) + "\n" + END
                + "\n";
    }

    private static int checksum(byte[] data) {
        int crc = 0xB704CE;
        for (byte b : data) {
            crc ^= (b & 0xff) << 16;
            for (int bit = 0; bit < 8; bit++) {
                crc <<= 1;
                crc = (crc & 0x1000000) != 0 ? crc ^ 0x1864CFB : crc;
            }
        }
        return crc & 0xffffff;
    }
}
