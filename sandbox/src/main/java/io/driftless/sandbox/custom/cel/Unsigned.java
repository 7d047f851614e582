package io.driftless.sandbox.custom.cel;

import java.math.BigInteger;

/// A whole number without a sign, in the bits of a signed one.
record Unsigned(long bits) implements Comparable<Unsigned> {
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /// @throws CelException where it is negative or too large
    static Unsigned of(BigInteger number) {
        if (number.signum() < 0 || number.compareTo(MOST) > 0) {
            throw new CelException("unsigned integer overflow");
        }
        return new Unsigned(number.longValue());
    }

    BigInteger number() {
        return new BigInteger(toString());
    }

    @Override
    public int compareTo(Unsigned other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
