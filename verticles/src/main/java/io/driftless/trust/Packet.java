package io.driftless.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a packet of an OpenPGP message lies (RFC 9580, section 4.2).
///
/// @param start of its head
/// @param from of its body
/// @param end after its body
record Packet(int tag, int start, int from, int end) {
    private static final int MOST = 20_000;

    byte[] body(byte[] data) {
        return Arrays.copyOfRange(data, from, end);
    }

    static List<Packet> read(byte[] data) {
        List<Packet> packets = new ArrayList<>();
        int at = 0;
        while (at < data.length) {
            int head = data[at] & 0xff;
            if ((head & 0x80) == 0 || packets.size() == MOST) {
                throw malformed();
            }
            Packet packet = (head & 0x40) != 0 ? current(data, at, head & 0x3f) : old(data, at, head);
            if (packet.end > data.length || packet.end <= at) {
                throw malformed();
            }
            packets.add(packet);
            at = packet.end;
        }
        return packets;
    }

    private static Packet current(byte[] data, int at, int tag) {
        int first = octet(data, at + 1);
        if (first < 192) {
            return of(tag, at, at + 2, first);
        }
        if (first < 224) {
            return of(tag, at, at + 3, (first - 192 << 8) + octet(data, at + 2) + 192);
        }
        if (first == 255) {
            return of(tag, at, at + 6, number(data, at + 2, 4));
        }
        throw malformed();
    }

    private static Packet old(byte[] data, int at, int head) {
        int bytes = 1 << (head & 3);
        if (bytes == 8) {
            throw malformed();
        }
        return of(head >> 2 & 0xf, at, at + 1 + bytes, number(data, at + 1, bytes));
    }

    private static Packet of(int tag, int start, int from, int length) {
        if (length < 0 || length > Integer.MAX_VALUE - from) {
            throw malformed();
        }
        return new Packet(tag, start, from, from + length);
    }

    private static int number(byte[] data, int at, int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | octet(data, at + i);
        }
        return number;
    }

    private static int octet(byte[] data, int at) {
        if (at >= data.length) {
            throw malformed();
        }
        return data[at] & 0xff;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the PGP public key block is cut off or malformed");
    }
}
