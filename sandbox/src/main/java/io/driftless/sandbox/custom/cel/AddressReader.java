package io.driftless.sandbox.custom.cel;

import java.math.BigInteger;

/// Reads IP addresses, and says what is wrong with what is none.
final class AddressReader {
    private final String text;

    private AddressReader(String text) {
        this.text = text;
    }

    /// A zone at its end is passed over.
    static Address read(String text) {
        AddressReader reader = new AddressReader(text);
        for (char c : text.toCharArray()) {
            if (c == '.') {
                return new Address(reader.four(text), 32);
            } else if (c == ':') {
                return new Address(reader.six(), 128);
            } else if (c == '%') {
                throw reader.wrong("missing IPv6 address", "");
            }
        }
        throw reader.wrong("unable to parse IP", "");
    }

    private CelException wrong(String why, String at) {
        return new CelException("ParseAddr(" + TextFormat.quoted(text) + "): " + why
                + (at.isEmpty() ? "" : " (at " + TextFormat.quoted(at) + ")"));
    }

    private BigInteger four(String part) {
        long value = 0;
        int octet = 0;
        int digits = 0;
        int fields = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits == 1 && octet == 0) {
                    throw wrong("IPv4 field has octet with leading zero", "");
                }
                octet = octet * 10 + c - '0';
                digits++;
                if (octet > 255) {
                    throw wrong("IPv4 field has value >255", "");
                }
            } else if (c == '.') {
                if (i == 0 || i == part.length() - 1 || part.charAt(i - 1) == '.') {
                    throw wrong("IPv4 field must have at least one digit", part.substring(i));
                } else if (fields == 3) {
                    throw wrong("IPv4 address too long", "");
                }
                value = value << 8 | octet;
                fields++;
                octet = 0;
                digits = 0;
            } else {
                throw wrong("unexpected character", part.substring(i));
            }
        }
        if (fields < 3) {
            throw wrong("IPv4 address too short", "");
        }
        return BigInteger.valueOf(value << 8 | octet);
    }

    private BigInteger six() {
        int percent = text.indexOf('%');
        String rest = percent < 0 ? text : text.substring(0, percent);
        if (percent == text.length() - 1) {
            throw wrong("zone must be a non-empty string", "");
        }
        BigInteger value = BigInteger.ZERO;
        int ellipsis = -1;
        int bytes = 0;
        if (rest.startsWith("::")) {
            ellipsis = 0;
            rest = rest.substring(2);
        }
        while (bytes < 16 && !(rest.isEmpty() && ellipsis == bytes)) {
            int digits = digits(rest);
            if (rest.startsWith(".", digits)) {
                value = value.shiftLeft(32).or(embedded(rest, bytes, ellipsis));
                bytes += 4;
                rest = "";
                break;
            }
            value = value.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(rest.substring(0, digits), 16)));
            bytes += 2;
            rest = rest.substring(digits);
            if (rest.isEmpty()) {
                break;
            }
            rest = colon(rest);
            if (rest.startsWith(":")) {
                if (ellipsis >= 0) {
                    throw wrong("multiple :: in address", rest);
                }
                ellipsis = bytes;
                rest = rest.substring(1);
            }
        }
        if (!rest.isEmpty()) {
            throw wrong("trailing garbage after address", rest);
        }
        return expanded(value, bytes, ellipsis);
    }

    private int digits(String rest) {
        int digits = 0;
        while (digits < rest.length() && Character.digit(rest.charAt(digits), 16) >= 0 && rest.charAt(digits) < 128) {
            if (++digits > 4) {
                throw wrong("each group must have 4 or less digits", rest);
            }
        }
        if (digits == 0) {
            throw wrong("each colon-separated field must have at least one digit", rest);
        }
        return digits;
    }

    private BigInteger embedded(String rest, int bytes, int ellipsis) {
        if (ellipsis < 0 && bytes != 12) {
            throw wrong("embedded IPv4 address must replace the final 2 fields of the address", rest);
        } else if (bytes + 4 > 16) {
            throw wrong("too many hex fields to fit an embedded IPv4 at the end of the address", rest);
        }
        return four(rest);
    }

    private String colon(String rest) {
        if (!rest.startsWith(":")) {
            throw wrong("unexpected character, want colon", rest);
        } else if (rest.length() == 1) {
            throw wrong("colon must be followed by more characters", rest);
        }
        return rest.substring(1);
    }

    private BigInteger expanded(BigInteger value, int bytes, int ellipsis) {
        if (bytes == 16) {
            if (ellipsis >= 0) {
                throw wrong("the :: must expand to at least one field of zeros", "");
            }
            return value;
        }
        if (ellipsis < 0) {
            throw wrong("address string too short", "");
        }
        int behind = (bytes - ellipsis) * 8;
        BigInteger low = value.mod(BigInteger.ONE.shiftLeft(behind));
        return value.shiftRight(behind).shiftLeft((16 - ellipsis) * 8).or(low);
    }
}
