package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses and ranges of addresses, as objects name them; no name is ever looked up.
public final class Networks {
    private static final String PART = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile(PART + "(\\." + PART + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final String NO_ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String NO_RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Networks() {}

    /// A range: the bits of its lowest address, and how many of them all its addresses share.
    record Range(byte[] bits, int length) {
        /// Whether all of another range and not only that lies in this one.
        boolean holdsMoreThan(Range other) {
            if (bits.length != other.bits.length || other.length <= length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                int mask = 0x80 >> (i % 8);
                if ((bits[i / 8] & mask) != (other.bits[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        /// Whether it is named by its lowest address.
        boolean lowest() {
            for (int i = length; i < bits.length * 8; i++) {
                if ((bits[i / 8] & 0x80 >> (i % 8)) != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Range(byte[] theirs, int many) && many == length && Arrays.equals(theirs, bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits) * 31 + length;
        }
    }

    /// The address that a text is, if it is one.
    static Optional<InetAddress> address(String text) {
        if (!FOUR.matcher(text).matches() && !SIX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean six(InetAddress address) {
        return address instanceof Inet6Address;
    }

    static Optional<Range> range(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = slash < 0 ? Optional.empty() : address(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address.isEmpty() || !LENGTH.matcher(length).matches()) {
            return Optional.empty();
        }
        byte[] bits = address.get().getAddress();
        int shared = Integer.parseInt(length);
        return shared > bits.length * 8 ? Optional.empty() : Optional.of(new Range(bits, shared));
    }

    /// Refuses what is no address.
    ///
    /// @return the address where it is one
    static Optional<InetAddress> address(String field, JsonNode value, List<Violation> out) {
        Optional<InetAddress> address = address(value.asText());
        if (address.isEmpty()) {
            String bare = value.asText().replaceAll("\\b0+(?=[0-9])", "");
            boolean zeros = !bare.equals(value.asText()) && FOUR.matcher(bare).matches();
            out.add(Names.invalid(field, value.asText(), zeros ? "must not have leading 0s" : NO_ADDRESS));
        }
        return address;
    }

    static Optional<Range> range(String field, JsonNode value, List<Violation> out) {
        Optional<Range> range = range(value.asText());
        if (range.isEmpty()) {
            out.add(Names.invalid(field, value.asText(), NO_RANGE));
        }
        return range;
    }

    /// Refuses addresses that lead nowhere else.
    static void outside(String field, InetAddress address, String shown, List<Violation> out) {
        if (address.isAnyLocalAddress()) {
            out.add(Names.invalid(field, shown, "may not be unspecified (" + (six(address) ? "::" : "0.0.0.0") + ")"));
        }
        if (address.isLoopbackAddress()) {
            out.add(Names.invalid(field, shown, "may not be in the loopback range (127.0.0.0/8, ::1/128)"));
        }
        if (address.isLinkLocalAddress()) {
            out.add(Names.invalid(field, shown, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
        }
        if (address.isMCLinkLocal()) {
            out.add(Names.invalid(
                    field, shown, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
        }
    }
}
