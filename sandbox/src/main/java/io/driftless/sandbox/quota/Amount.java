package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Quantities;
import java.math.BigDecimal;

/// A quantity to reckon with. What is added up is spelt in the way of its first part: in powers of 1024, or of 1000.
record Amount(BigDecimal number, boolean binary) implements Comparable<Amount> {
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    static final Amount NOTHING = new Amount(BigDecimal.ZERO, false);
    static final Amount ONE = of(1);

    static Amount of(long number) {
        return new Amount(BigDecimal.valueOf(number), false);
    }

    /// What is no quantity is nothing: objects are checked before they come here.
    static Amount of(JsonNode quantity) {
        String text = quantity.asText();
        return new Amount(Quantities.parse(text).orElse(BigDecimal.ZERO), text.endsWith("i"));
    }

    boolean isNothing() {
        return number.signum() == 0;
    }

    Amount plus(Amount other) {
        return new Amount(number.add(other.number), isNothing() ? other.binary : binary);
    }

    Amount minus(Amount other) {
        return new Amount(number.subtract(other.number), isNothing() ? other.binary : binary);
    }

    Amount max(Amount other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// By the number alone.
    @Override
    public int compareTo(Amount other) {
        return number.compareTo(other.number);
    }

    /// As the API server spells it.
    String text() {
        return Quantities.canonical(binary ? number.divide(KIBI).toPlainString() + "Ki" : number.toPlainString());
    }
}
