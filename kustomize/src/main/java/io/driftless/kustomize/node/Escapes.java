package io.driftless.kustomize.node;

/// How characters that may not stand as they are stand between double quotes.
final class Escapes {
    private Escapes() {}

    /// @param c a code point
    static String of(int c) {
        return switch (c) {
            case 0 -> "\\0";
            case 7 -> "\\a";
            case 8 -> "\\b";
            case 9 -> "\\t";
            case 10 -> "\\n";
            case 11 -> "\\v";
            case 12 -> "\\f";
            case 13 -> "\\r";
            case 0x1B -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            case 0xA0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                c <= 0xFF ? "\\x%02X".formatted(c) : c <= 0xFFFF ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
        };
    }
}
