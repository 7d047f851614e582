package io.driftless.sandbox.model;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What is wrong with a text that is no JSON (RFC 8259), in the words of the real server.
final class JsonSyntax {
    private static final String END = "unexpected end of JSON input";
    private final byte[] text;
    private int at;

    /// Ends the reading at the first fault.
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    private JsonSyntax(byte[] text) {
        this.text = text;
    }

    /// The first fault; null where there is none.
    static @Nullable String fault(byte[] text) {
        try {
            JsonSyntax syntax = new JsonSyntax(text);
            syntax.document();
            return null;
        } catch (Fault e) {
            return e.getMessage();
        }
    }

    /// With a stack of its own: nothing that is sent may exhaust that of a thread.
    private void document() {
        Deque<Character> open = new ArrayDeque<>();
        value(open);
        while (!open.isEmpty()) {
            boolean object = open.peek() == '{';
            char next = visible();
            if (next == ',') {
                at++;
                if (object) {
                    key();
                }
                value(open);
            } else if (next == (object ? '}' : ']')) {
                at++;
                open.pop();
            } else {
                throw invalid(object ? "after object key:value pair" : "after array element");
            }
        }
        skip();
        if (at < text.length) {
            throw invalid("after top-level value");
        }
    }

    /// A value, or the beginning of one: what is opened goes on the stack unless it is empty.
    private void value(Deque<Character> open) {
        char c = visible();
        switch (c) {
            case '{' -> {
                at++;
                if (visible() == '}') {
                    at++;
                } else {
                    open.push('{');
                    key();
                    value(open);
                }
            }
            case '[' -> {
                at++;
                if (visible() == ']') {
                    at++;
                } else {
                    open.push('[');
                    value(open);
                }
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw invalid("looking for beginning of value");
                }
                number();
            }
        }
    }

    private void key() {
        if (visible() != '"') {
            throw invalid("looking for beginning of object key string");
        }
        string();
        if (visible() != ':') {
            throw invalid("after object key");
        }
        at++;
    }

    private void string() {
        at++;
        while (present() != '"') {
            char c = present();
            if (c < ' ') {
                throw invalid("in string literal");
            }
            at++;
            if (c == '\\') {
                escape();
            }
        }
        at++;
    }

    private void escape() {
        char c = present();
        if ("bfnrt\\/\"".indexOf(c) < 0 && c != 'u') {
            throw invalid("in string escape code");
        }
        at++;
        for (int i = 0; c == 'u' && i < 4; i++) {
            if (Character.digit(present(), 16) < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            at++;
        }
    }

    private void literal(String word) {
        at++;
        for (int i = 1; i < word.length(); i++) {
            if (present() != word.charAt(i)) {
                throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
            at++;
        }
    }

    private void number() {
        at += present() == '-' ? 1 : 0;
        if (present() == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        if (at < text.length && text[at] == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            at += present() == '+' || present() == '-' ? 1 : 0;
            digits("in exponent of numeric literal");
        }
    }

    private void digits(String where) {
        if (present() < '0' || present() > '9') {
            throw invalid(where);
        }
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
    }

    private void skip() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
    }

    private char visible() {
        skip();
        return present();
    }

    private char present() {
        if (at >= text.length) {
            throw new Fault(END);
        }
        return (char) (text[at] & 0xff);
    }

    private Fault invalid(String where) {
        char c = present();
        String shown = switch (c) {
            case '\'' -> "\\'";
            case '"' -> "\"";
            default -> {
                String quoted = Json.quoted(String.valueOf(c));
                yield quoted.substring(1, quoted.length() - 1);
            }
        };
        return new Fault("invalid character '" + shown + "' " + where);
    }
}
