package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The type of a value or an expression, by the names of the real server. Two types of the same
/// name and parameters are the same: what else is said here tells how values of objects are read.
public final class Type {
    public static final Type BOOL = new Type("bool");
    public static final Type BYTES = new Type("bytes");
    public static final Type DOUBLE = new Type("double");
    public static final Type DURATION = new Type("google.protobuf.Duration");
    public static final Type DYN = new Type("dyn");
    public static final Type INT = new Type("int");
    public static final Type STRING = new Type("string");
    public static final Type TIMESTAMP = new Type("google.protobuf.Timestamp");
    /// Types are made of types, twice as many with each level if need be.
    private static final int HEAVIEST = 2_000;
    static final Type ERROR = new Type("!error!");
    static final Type NULL = new Type("null_type");
    static final Type UINT = new Type("uint");

    /// How lists are merged, which tells when two are the same.
    enum Merged {
        WHOLE,
        AS_SET,
        BY_KEYS
    }

    private final String name;
    private final List<Type> parameters;
    private final @Nullable Map<String, Type> fields;
    private final Merged merged;
    private final List<String> keys;
    private final boolean variable;
    private final long weight;

    private Type(
            String name,
            List<Type> parameters,
            @Nullable Map<String, Type> fields,
            Merged merged,
            List<String> keys,
            boolean variable) {
        this.name = name;
        this.parameters = parameters;
        this.fields = fields;
        this.merged = merged;
        this.keys = keys;
        this.variable = variable;
        this.weight = 1 + parameters.stream().mapToLong(part -> part.weight).sum();
        if (weight > HEAVIEST) {
            throw new CelException("a type of more than " + HEAVIEST + " parts");
        }
    }

    private Type(String name) {
        this(name, List.of(), null, Merged.WHOLE, List.of(), false);
    }

    static Type of(String name, List<Type> parameters) {
        return new Type(name, parameters, null, Merged.WHOLE, List.of(), false);
    }

    /// One that stands for any other, the same wherever it is named.
    static Type variable(String name) {
        return new Type(name, List.of(), null, Merged.WHOLE, List.of(), true);
    }

    public static Type list(Type item) {
        return of("list", List.of(item));
    }

    /// A list whose items may be in any order.
    public static Type set(Type item) {
        return new Type("list", List.of(item), null, Merged.AS_SET, List.of(), false);
    }

    /// A list whose items are told apart by some of their fields.
    public static Type keyed(Type item, List<String> keys) {
        return new Type("list", List.of(item), null, Merged.BY_KEYS, keys, false);
    }

    public static Type map(Type value) {
        return of("map", List.of(STRING, value));
    }

    static Type map(Type key, Type value) {
        return of("map", List.of(key, value));
    }

    static Type optional(Type value) {
        return of("optional_type", List.of(value));
    }

    static Type ofType(Type value) {
        return of("type", List.of(value));
    }

    /// An object with named fields.
    ///
    /// @param name what messages call it
    /// @param fields by the names that they have in objects
    public static Type object(String name, Map<String, Type> fields) {
        return new Type(name, List.of(), new LinkedHashMap<>(fields), Merged.WHOLE, List.of(), false);
    }

    String name() {
        return name;
    }

    List<Type> parameters() {
        return parameters;
    }

    Type parameter(int index) {
        return parameters.get(index);
    }

    @Nullable
    Map<String, Type> fields() {
        return fields;
    }

    Merged merged() {
        return merged;
    }

    List<String> keys() {
        return keys;
    }

    boolean isVariable() {
        return variable;
    }

    boolean is(String other) {
        return !variable && name.equals(other);
    }

    boolean isOptional() {
        return is("optional_type");
    }

    boolean isDynOrError() {
        return equals(DYN) || equals(ERROR);
    }

    /// Whether it is one of the types that may be null.
    boolean isNullable() {
        return fields != null
                || isOptional()
                || equals(DURATION)
                || equals(TIMESTAMP)
                || name.startsWith("net.")
                || name.startsWith("kubernetes.");
    }

    Type with(List<Type> others) {
        return new Type(name, others, fields, merged, keys, variable);
    }

    /// The types of which it is made, itself among them.
    List<Type> inside() {
        List<Type> out = new ArrayList<>();
        out.add(this);
        parameters.forEach(parameter -> out.addAll(parameter.inside()));
        return out;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Type type
                && variable == type.variable
                && name.equals(type.name)
                && parameters.equals(type.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + parameters.hashCode();
    }

    /// As messages show it.
    @Override
    public String toString() {
        if (equals(DURATION)) {
            return "duration";
        } else if (equals(TIMESTAMP)) {
            return "timestamp";
        } else if (equals(NULL)) {
            return "null";
        }
        return parameters.isEmpty()
                ? name
                : name + "(" + parameters.stream().map(Type::toString).collect(Collectors.joining(", ")) + ")";
    }
}
