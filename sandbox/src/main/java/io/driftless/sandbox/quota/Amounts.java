package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much of each resource; never changed.
final class Amounts {
    static final Amounts NONE = new Amounts(new TreeMap<>());
    private final SortedMap<String, Amount> all;

    private Amounts(SortedMap<String, Amount> all) {
        this.all = all;
    }

    /// A map of quantities, such as `spec.hard`.
    static Amounts of(JsonNode quantities) {
        if (quantities.isEmpty()) {
            return NONE;
        }
        TreeMap<String, Amount> all = new TreeMap<>();
        quantities.properties().forEach(e -> all.put(e.getKey(), Amount.of(e.getValue())));
        return new Amounts(all);
    }

    Set<String> names() {
        return all.keySet();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    Amount get(String name) {
        return all.get(name);
    }

    Amount orNothing(String name) {
        return all.getOrDefault(name, Amount.NOTHING);
    }

    Amounts with(String name, Amount amount) {
        TreeMap<String, Amount> out = new TreeMap<>(all);
        out.put(name, amount);
        return new Amounts(out);
    }

    Amounts plus(Amounts other) {
        return joined(other, Amount::plus);
    }

    Amounts max(Amounts other) {
        return joined(other, Amount::max);
    }

    Amounts minus(Amounts other) {
        TreeMap<String, Amount> out = new TreeMap<>(all);
        other.all.forEach((name, amount) -> out.put(name, orNothing(name).minus(amount)));
        return new Amounts(out);
    }

    /// These, with those of another in their place where it has any.
    Amounts overriddenBy(Amounts other) {
        return joined(other, (_, over) -> over);
    }

    private Amounts joined(Amounts other, BinaryOperator<Amount> both) {
        if (other.isEmpty()) {
            return this;
        }
        TreeMap<String, Amount> out = new TreeMap<>(all);
        other.all.forEach((name, amount) -> out.merge(name, amount, both));
        return new Amounts(out);
    }

    Amounts only(Set<String> names) {
        TreeMap<String, Amount> out = new TreeMap<>(all);
        out.keySet().retainAll(names);
        return new Amounts(out);
    }

    Amounts withoutNothings() {
        TreeMap<String, Amount> out = new TreeMap<>(all);
        out.values().removeIf(Amount::isNothing);
        return new Amounts(out);
    }

    /// What is more than nothing.
    Set<String> more() {
        TreeMap<String, Amount> out = new TreeMap<>(all);
        out.values().removeIf(amount -> amount.number().signum() <= 0);
        return out.keySet();
    }

    /// What is more here than there; what the other does not name is not bounded.
    Set<String> beyond(Amounts hard) {
        Set<String> out = new TreeSet<>();
        all.forEach((name, amount) -> {
            Amount most = hard.all.get(name);
            if (most != null && amount.compareTo(most) > 0) {
                out.add(name);
            }
        });
        return out;
    }

    /// As a map of quantities.
    ObjectNode toJson() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        all.forEach((name, amount) -> out.put(name, amount.text()));
        return out;
    }

    /// `cpu=1,memory=1Gi`.
    @Override
    public String toString() {
        return all.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().text())
                .collect(Collectors.joining(","));
    }
}
