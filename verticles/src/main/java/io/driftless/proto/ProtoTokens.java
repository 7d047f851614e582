package io.driftless.proto;

/// The words, numbers, texts and signs of one `.proto` file, without its comments.
final class ProtoTokens {
    private final String file;
    private final String text;
    private int at;
    private String current = "";

    ProtoTokens(String file, String text) {
        this.file = file;
        this.text = text;
        advance();
    }

    boolean atEnd() {
        return current.isEmpty();
    }

    String peek() {
        return current;
    }

    String next() {
        String token = current;
        if (token.isEmpty()) {
            throw wrong("the end");
        }
        advance();
        return token;
    }

    /// The content of a text in quotes.
    String text() {
        String token = next();
        if (!token.startsWith("\"")) {
            throw wrong(token);
        }
        return token.substring(1, token.length() - 1);
    }

    boolean take(String token) {
        if (!current.equals(token)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(String token) {
        if (!take(token)) {
            throw wrong(current);
        }
    }

    IllegalStateException wrong(String token) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new IllegalStateException(file + " line " + line + ": " + token + " was not expected here");
    }

    private void advance() {
        skip();
        if (at >= text.length()) {
            current = "";
            return;
        }
        int start = at++;
        char first = text.charAt(start);
        if (first == '"') {
            at = text.indexOf('"', at) + 1;
        } else if (word(first)) {
            while (at < text.length() && word(text.charAt(at))) {
                at++;
            }
        }
        current = text.substring(start, at);
    }

    private void skip() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
