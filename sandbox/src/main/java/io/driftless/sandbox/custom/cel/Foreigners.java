package io.driftless.sandbox.custom.cel;

import java.util.function.Supplier;

/// Texts that stand for values of libraries, or for none.
final class Foreigners {
    private Foreigners() {}

    static boolean isOne(Supplier<?> read) {
        try {
            var _ = read.get();
            return true;
        } catch (CelException e) {
            return false;
        }
    }
}
