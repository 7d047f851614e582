package io.driftless.sandbox.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What makes the ports of a container invalid, and names of ports anywhere.
public final class PortRules {
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final Pattern CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final int LONGEST_NAME = 15;
    static final int LARGEST = 65_535;

    private PortRules() {}

    static void add(Part container, boolean hostNetwork) {
        Set<String> names = new HashSet<>();
        for (Part port : container.each("ports")) {
            Part name = port.in("name");
            if (!name.text().isEmpty() && name(name) && !names.add(name.text())) {
                name.duplicate(name.text());
            }
            if (port.in("containerPort").number() == 0) {
                port.in("containerPort").required("");
            } else {
                port.in("containerPort").between(1, LARGEST);
            }
            Part host = port.in("hostPort");
            if (host.number() != 0) {
                host.between(1, LARGEST);
                if (hostNetwork && host.number() != port.in("containerPort").number()) {
                    host.invalid("must match `containerPort` when `hostNetwork` is true");
                }
            }
            port.in("protocol").oneOf(PROTOCOLS);
        }
    }

    /// Complains about ports of the node that are taken already.
    static void host(Part container, Set<String> taken) {
        for (Part port : container.each("ports")) {
            if (port.in("hostPort").number() != 0) {
                String one = port.in("protocol").text() + "/"
                        + port.in("hostIP").text() + "/" + port.in("hostPort").number();
                if (!taken.add(one)) {
                    port.in("hostPort").duplicate(one);
                }
            }
        }
    }

    /// A port by its number or by its name.
    static void either(Part port) {
        if (port.value().isTextual()) {
            name(port);
        } else {
            port.between(1, LARGEST);
        }
    }

    /// Whether this can be the name of a port; complains where it cannot.
    static boolean name(Part port) {
        String name = port.text();
        int before = port.complaints().size();
        if (name.length() > LONGEST_NAME) {
            port.invalid("must be no more than " + LONGEST_NAME + " characters");
        }
        if (!CHARACTERS.matcher(name).matches()) {
            port.invalid("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            port.invalid("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            port.invalid("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            port.invalid("must not begin or end with a hyphen");
        }
        return port.complaints().size() == before;
    }
}
