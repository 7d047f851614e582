package io.driftless.sandbox.custom.cel;

/// An address with the number of its bits that name a network.
record Network(Address address, int length) implements Values.Foreign {
    private static final String FAILED = "network address parse error during conversion from string: ";

    /// @throws CelException where it is none
    static Network read(String text) {
        String quoted = TextFormat.quoted(text);
        Network network;
        try {
            network = split(text);
        } catch (CelException e) {
            throw new CelException(FAILED + FAILED + "netip.ParsePrefix(" + quoted + "): " + e.getMessage());
        }
        if (network.address.isMapped()) {
            throw new CelException(FAILED + "IPv4-mapped IPv6 address " + quoted + " is not allowed");
        }
        return network;
    }

    private static Network split(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new CelException("no '/'");
        }
        Address address = AddressReader.read(text.substring(0, slash));
        if (text.substring(0, slash).contains("%")) {
            throw new CelException("IPv6 zones cannot be present in a prefix");
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]|[+-]?[1-9][0-9]*") || bits.length() > 9 || !Character.isDigit(bits.charAt(0))) {
            throw new CelException("bad bits after slash: " + TextFormat.quoted(bits));
        }
        if (Integer.parseInt(bits) > address.bits()) {
            throw new CelException("prefix length out of range");
        }
        return new Network(address, Integer.parseInt(bits));
    }

    @Override
    public String type() {
        return "net.CIDR";
    }

    Network masked() {
        return new Network(address.masked(length), length);
    }

    boolean contains(Address other) {
        return other.bits() == address.bits() && other.masked(length).equals(address.masked(length));
    }

    boolean contains(Network other) {
        return length <= other.length && contains(other.address);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
