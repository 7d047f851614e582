package io.driftless.proto;

import org.jspecify.annotations.Nullable;

/// One field of a message.
///
/// @param number its number on the wire
/// @param json its name in JSON
/// @param kind what it holds; of a map [Kind#MAP]
/// @param label how often it may be there
/// @param inline whether its own fields stand among those of the message that holds it, in JSON
/// @param message what a message or an entry of a map looks like; null for scalars
public record FieldType(
        int number,
        String json,
        Kind kind,
        Label label,
        boolean inline,
        @Nullable MessageType message) {
    /// What a field holds.
    public enum Kind {
        STRING,
        BYTES,
        BOOL,
        INT,
        MESSAGE,
        MAP;

        boolean lengthDelimited() {
            return this != BOOL && this != INT;
        }
    }

    /// How often a field may be there.
    public enum Label {
        /// Its zero value and its absence are the same.
        PLAIN,
        /// Presence means something.
        OPTIONAL,
        /// Readers refuse a message without it, so it is always written.
        REQUIRED,
        REPEATED
    }

    MessageType inner() {
        if (message == null) {
            throw new IllegalStateException("field " + json + " holds no message");
        }
        return message;
    }
}
