package io.driftless.rbac;

import java.util.ArrayList;
import java.util.List;

/// One line of comma-separated values. A field in quotes may hold commas, and quotes written twice.
final class CsvLine {
    private final String line;
    private int at;

    private CsvLine(String line) {
        this.line = line;
    }

    static List<String> fields(String line) throws PolicyException {
        if (line.indexOf('\0') >= 0) {
            throw new PolicyException("it holds a NUL character");
        }
        CsvLine reader = new CsvLine(line);
        List<String> fields = new ArrayList<>(6);
        do {
            fields.add(reader.field());
        } while (reader.at++ < line.length());
        return fields;
    }

    private String field() throws PolicyException {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        if (at < line.length() && line.charAt(at) == '"') {
            return quoted();
        }
        int end = line.indexOf(',', at);
        String field = line.substring(at, end < 0 ? line.length() : end);
        if (field.indexOf('"') >= 0) {
            throw new PolicyException("a quote stands within a field");
        }
        at += field.length();
        return field.strip();
    }

    private String quoted() throws PolicyException {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < line.length() && line.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                if (at < line.length() && line.charAt(at) != ',') {
                    throw new PolicyException("text follows a field in quotes");
                }
                return field.toString();
            }
        }
        throw new PolicyException("a quote is never closed");
    }
}
