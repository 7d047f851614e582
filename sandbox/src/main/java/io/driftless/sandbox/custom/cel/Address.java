package io.driftless.sandbox.custom.cel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// An IP address.
///
/// @param bits 32 or 128
record Address(BigInteger value, int bits) implements Values.Foreign {
    private static final BigInteger BYTE = BigInteger.valueOf(255);

    /// @throws CelException where it is none, or of a sort that is not taken
    static Address read(String text) {
        String zone = text.contains("%") ? text.substring(text.indexOf('%') + 1) : "";
        Address address;
        try {
            address = AddressReader.read(text);
        } catch (CelException e) {
            throw new CelException("IP Address " + TextFormat.quoted(text)
                    + " parse error during conversion from string: " + e.getMessage());
        }
        if (!zone.isEmpty()) {
            throw new CelException("IP address " + TextFormat.quoted(text) + " with zone value is not allowed");
        }
        if (address.isMapped()) {
            throw new CelException("IPv4-mapped IPv6 address " + TextFormat.quoted(text) + " is not allowed");
        }
        return address;
    }

    @Override
    public String type() {
        return "net.IP";
    }

    boolean isMapped() {
        return bits == 128 && value.shiftRight(32).equals(BigInteger.valueOf(0xffff));
    }

    /// Some of its first bits.
    private int first(int count) {
        return value.shiftRight(bits - count).intValue();
    }

    boolean isUnspecified() {
        return value.signum() == 0;
    }

    boolean isLoopback() {
        return bits == 32 ? first(8) == 127 : value.equals(BigInteger.ONE);
    }

    boolean isMulticast() {
        return bits == 32 ? first(4) == 14 : first(8) == 255;
    }

    boolean isLinkLocalMulticast() {
        return bits == 32 ? first(24) == (224 << 16) : (first(16) & 0xff0f) == 0xff02;
    }

    boolean isLinkLocalUnicast() {
        return bits == 32 ? first(16) == (169 << 8 | 254) : first(10) == 0x3fa;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = bits == 32 && value.bitCount() == 32;
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /// The address with all bits zero behind the first ones.
    Address masked(int length) {
        return new Address(value.shiftRight(bits - length).shiftLeft(bits - length), bits);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (bits == 32) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                parts.add(value.shiftRight(shift).and(BYTE).toString());
            }
            return String.join(".", parts);
        }
        for (int shift = 112; shift >= 0; shift -= 16) {
            parts.add(Integer.toHexString(value.shiftRight(shift).intValue() & 0xffff));
        }
        return shortened(parts);
    }

    /// The longest run of zeros is left out, where it is one.
    private static String shortened(List<String> parts) {
        int from = 0;
        int length = 0;
        for (int i = 0; i < parts.size(); i++) {
            int end = i;
            while (end < parts.size() && parts.get(end).equals("0")) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        return length < 2
                ? String.join(":", parts)
                : String.join(":", parts.subList(0, from)) + "::"
                        + String.join(":", parts.subList(from + length, parts.size()));
    }
}
