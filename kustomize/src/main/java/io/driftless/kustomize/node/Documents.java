package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.List;

/// Splits a resource file into its documents.
final class Documents {
    private Documents() {}

    static List<String> split(String file) {
        String text = file.indexOf('\r') < 0 ? file : file.replace("\r\n", "\n");
        List<String> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf("\n---");
        while (at >= 0) {
            int end = text.indexOf('\n', at + 4);
            if (end < 0) {
                break;
            }
            String rest = text.substring(at + 4, end).strip();
            if (!rest.isEmpty() && rest.charAt(0) != '#') {
                throw new KustomizeException(
                        "invalid document separator: " + text.substring(at, end).strip());
            }
            parts.add(text.substring(from, at + 1));
            from = end + 1;
            // The line break that ends a separator cannot begin the next one.
            at = text.indexOf("\n---", end + 1);
        }
        parts.add(text.substring(from));
        return parts;
    }
}
