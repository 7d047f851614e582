package io.driftless.manifest.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Tells addresses that anybody on the internet may ask from those of this machine, of private networks and of the
/// services a cloud offers to its machines.
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? six(bytes) : four(bytes);
    }

    private static boolean four(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean thisNetwork = first == 0;
        boolean carrier = first == 100 && (second & 0xc0) == 64;
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        boolean measurements = first == 198 && (second & 0xfe) == 18;
        boolean reserved = first >= 240;
        boolean platform = first == 168 && second == 63 && (bytes[2] & 0xff) == 129 && bytes[3] == 16;
        return !(thisNetwork || carrier || protocols || measurements || reserved || platform);
    }

    private static boolean six(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return false;
        }
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return switch (first) {
            // Addresses of version 4 in another dress lead where those lead.
            case 0 -> false;
            case 0x64 -> second == 0xff9b && inside(bytes, 12);
            case 0x2002 -> inside(bytes, 2);
            case 0x2001 -> second != 0;
            default -> true;
        };
    }

    private static boolean inside(byte[] bytes, int from) {
        try {
            return is(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
