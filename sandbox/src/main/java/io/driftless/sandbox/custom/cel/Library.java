package io.driftless.sandbox.custom.cel;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The types that expressions name as values.
final class Library {
    private static final Map<String, Type> NAMED = Stream.of(
                    "bool",
                    "bytes",
                    "double",
                    "google.protobuf.Duration",
                    "google.protobuf.Timestamp",
                    "int",
                    "list",
                    "map",
                    "net.CIDR",
                    "net.IP",
                    "null_type",
                    "optional_type",
                    "string",
                    "type",
                    "uint")
            .collect(Collectors.toMap(UnaryOperator.identity(), Library::type));

    private Library() {}

    private static Type type(String name) {
        return Type.ofType(
                switch (name) {
                    case "list" -> Type.list(Type.DYN);
                    case "map" -> Type.map(Type.DYN, Type.DYN);
                    case "optional_type" -> Type.optional(Type.DYN);
                    default -> Type.of(name, List.of());
                });
    }

    /// The type of the name of a type; null where it is none.
    static @Nullable Type named(String name) {
        return NAMED.get(name);
    }
}
