package io.driftless.sandbox.rules;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text that is to be an IP address.
public final class AddressText {
    private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern SIX =
            Pattern.compile("[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}([0-9]+(\\.[0-9]+){3})?");
    private static final int LARGEST = 255;

    private AddressText() {}

    /// Complains about text that is none.
    static void check(Part address) {
        String text = address.text();
        if (FOUR.matcher(text).matches()) {
            four(address, text);
        } else if (!SIX.matcher(text).matches() || text.contains(":::")) {
            none(address);
        } else if (text.toLowerCase(Locale.ROOT).startsWith("::ffff:") && text.contains(".")) {
            address.invalid("must not be an IPv4-mapped IPv6 address");
        }
    }

    private static void four(Part address, String text) {
        for (String part : text.split("\\.")) {
            if (Integer.parseInt(part) > LARGEST) {
                none(address);
                return;
            }
            if (part.length() > 1 && part.startsWith("0")) {
                address.invalid("must not have leading 0s");
                return;
            }
        }
    }

    private static void none(Part address) {
        address.invalid("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
}
