package io.driftless.sandbox.custom.cel;

import java.util.List;
import java.util.function.Predicate;

/// IP addresses and networks.
final class AddressFunctions {
    static final List<Function> ALL = List.of(
            Function.one("ip(string): net.IP", text -> Address.read((String) text)),
            Function.one("net.IP::family(): int", ip -> ((Address) ip).bits() == 32 ? 4L : 6L),
            Function.one(
                    "ip.isCanonical(string): bool",
                    text -> Address.read((String) text).toString().equals(text)),
            test("isUnspecified", Address::isUnspecified),
            test("isLoopback", Address::isLoopback),
            test("isLinkLocalMulticast", Address::isLinkLocalMulticast),
            test("isLinkLocalUnicast", Address::isLinkLocalUnicast),
            test("isGlobalUnicast", Address::isGlobalUnicast),
            Function.one("isIP(string): bool", text -> Foreigners.isOne(() -> Address.read((String) text))),
            Function.one("string(net.IP): string", Object::toString),
            Function.one("cidr(string): net.CIDR", text -> Network.read((String) text)),
            Function.two("net.CIDR::containsIP(string): bool", (cidr, text) -> {
                if (!Foreigners.isOne(() -> Address.read((String) text))) {
                    throw Values.noOverload();
                }
                return ((Network) cidr).contains(Address.read((String) text));
            }),
            Function.two("net.CIDR::containsIP(net.IP): bool", (cidr, ip) -> ((Network) cidr).contains((Address) ip)),
            Function.two(
                    "net.CIDR::containsCIDR(string): bool",
                    (cidr, text) -> ((Network) cidr).contains(Network.read((String) text))),
            Function.two(
                    "net.CIDR::containsCIDR(net.CIDR): bool",
                    (cidr, other) -> ((Network) cidr).contains((Network) other)),
            Function.one("net.CIDR::ip(): net.IP", cidr -> ((Network) cidr).address()),
            Function.one("net.CIDR::prefixLength(): int", cidr -> (long) ((Network) cidr).length()),
            Function.one("net.CIDR::masked(): net.CIDR", cidr -> ((Network) cidr).masked()),
            Function.one("isCIDR(string): bool", text -> Foreigners.isOne(() -> Network.read((String) text))),
            Function.one("string(net.CIDR): string", Object::toString));

    private AddressFunctions() {}

    private static Function test(String name, Predicate<Address> holds) {
        return Function.one("net.IP::" + name + "(): bool", ip -> holds.test((Address) ip));
    }
}
