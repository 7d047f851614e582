package io.driftless.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// `KEY=VALUE`, as many options are written.
record KeyValue(String key, String value) {
    /// Fails with exit code 1 when there is no `=` or nothing before it.
    static KeyValue parse(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new CommandFailure(ExitCode.FAILED, option + " is written KEY=VALUE, not " + text);
        }
        return new KeyValue(text.substring(0, equals), text.substring(equals + 1));
    }

    /// Puts each pair into the object `field` of `holder`.
    static void putAll(String option, List<String> pairs, ObjectNode holder, String field) {
        for (String text : pairs) {
            KeyValue pair = parse(option, text);
            holder.withObjectProperty(field).put(pair.key, pair.value);
        }
    }
}
