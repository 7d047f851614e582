package io.driftless.stage;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;

/// Calls to the consumer outside of poll, which a wake-up meant for poll must not end.
final class Calm {
    private Calm() {}

    static <V> V call(Supplier<V> request) {
        while (true) {
            try {
                return request.get();
            } catch (WakeupException again) {
                // The wake-up is used up by being thrown; the mail it announced is read after this.
            }
        }
    }
}
