package io.driftless.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A key that commits may be signed with. It is read for showing and finding; nothing is verified here.
///
/// @param id the last 16 digits of the fingerprint
/// @param owner its first user id
/// @param type such as `rsa4096`
/// @param armored the text that holds this key alone
public record PublicKey(String id, String fingerprint, String owner, String type, String armored) {
    private static final int MOST_KEYS = 100;
    private static final int KEY = 6;
    private static final int USER = 13;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// The keys of an armored text.
    ///
    /// @throws IllegalArgumentException when it is none, or holds a key that cannot be read
    public static List<PublicKey> read(String text) {
        byte[] data = Armor.read(text);
        List<Packet> packets = Packet.read(data);
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).tag() == KEY) {
                int next = i + 1;
                while (next < packets.size() && packets.get(next).tag() != KEY) {
                    next++;
                }
                keys.add(one(data, packets.subList(i, next)));
            }
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    keys.isEmpty() ? "the block holds no public key" : "more than " + MOST_KEYS + " keys");
        }
        return keys;
    }

    private static PublicKey one(byte[] data, List<Packet> packets) {
        byte[] key = packets.getFirst().body(data);
        if (key.length < 8 || key[0] != 4) {
            throw new IllegalArgumentException("a key is not of version 4, others are not supported yet");
        }
        String fingerprint = HEX.formatHex(digest(key));
        String owner = packets.stream()
                .filter(packet -> packet.tag() == USER)
                .findFirst()
                .map(packet -> new String(packet.body(data), UTF_8).replaceAll("\\p{Cntrl}", " "))
                .orElse("");
        byte[] alone = Arrays.copyOfRange(
                data, packets.getFirst().start(), packets.getLast().end());
        return new PublicKey(
                fingerprint.substring(fingerprint.length() - 16), fingerprint, owner, type(key), Armor.write(alone));
    }

    /// The name under which a key is kept, of any longer writing of it.
    public static String id(String text) {
        String clean = text.strip().toUpperCase(Locale.ROOT).replaceFirst("^0X", "");
        return clean.length() > 16 ? clean.substring(clean.length() - 16) : clean;
    }

    private static byte[] digest(byte[] key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(new byte[] {(byte) 0x99, (byte) (key.length >> 8), (byte) key.length});
            return sha1.digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }

    private static String type(byte[] key) {
        int bits = (key[6] & 0xff) << 8 | key[7] & 0xff;
        return switch (key[5]) {
            case 1, 2, 3 -> "rsa" + bits;
            case 17 -> "dsa" + bits;
            case 19 -> "ecdsa";
            case 22, 27 -> "ed25519";
            case 28 -> "ed448";
            default -> "unknown";
        };
    }
}
