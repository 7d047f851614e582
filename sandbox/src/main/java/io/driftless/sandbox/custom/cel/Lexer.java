package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the text of an expression apart.
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")",
            "[", "]", "{", "}");
    private final String text;
    private final List<Token> out = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> read(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.more()) {
            lexer.next();
        }
        lexer.out.add(new Token(Kind.END, "", null, text.length()));
        return lexer.out;
    }

    private boolean more() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void next() {
        char c = text.charAt(at);
        boolean raw = (c == 'r' || c == 'R') && at + 1 < text.length() && quote(text.charAt(at + 1));
        if (quote(c) || raw) {
            string(raw);
        } else if (Character.isDigit(c)) {
            number();
        } else if (Character.isLetter(c) || c == '_') {
            name();
        } else {
            String symbol = SYMBOLS.stream()
                    .filter(s -> text.startsWith(s, at))
                    .findFirst()
                    .orElseThrow(() -> new CelException("Syntax error at character " + (at + 1) + ": " + c));
            add(Kind.SYMBOL, symbol, null, at + symbol.length());
        }
    }

    private static boolean quote(char c) {
        return c == '"' || c == '\'';
    }

    private void add(Kind kind, String word, @Nullable Object value, int end) {
        out.add(new Token(kind, word, value, at));
        at = end;
    }

    private void name() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        String word = text.substring(at, end);
        switch (word) {
            case "true" -> add(Kind.LITERAL, word, true, end);
            case "false" -> add(Kind.LITERAL, word, false, end);
            case "null" -> add(Kind.LITERAL, word, Values.NULL, end);
            default -> add(Kind.NAME, word, null, end);
        }
    }

    private void number() {
        int end = at;
        boolean real = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean point = c == '.' && end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
            boolean sign = (c == '-' || c == '+') && "eE".indexOf(text.charAt(end - 1)) >= 0;
            if (!Character.isDigit(c) && !point && !sign && "eExXuabcdfABCDF".indexOf(c) < 0) {
                break;
            }
            real |= point || c == 'e' && !text.startsWith("0x", at);
            end++;
        }
        String word = text.substring(at, end);
        try {
            String digits = word.endsWith("u") ? word.substring(0, word.length() - 1) : word;
            Object value = real ? (Object) Double.valueOf(digits) : (Object) Long.decode(decimal(digits));
            add(Kind.LITERAL, word, value, end);
        } catch (NumberFormatException e) {
            throw new CelException("Syntax error at character " + (at + 1) + ": " + word + " is no number");
        }
    }

    /// A leading zero is no sign of octal numbers here.
    private static String decimal(String digits) {
        boolean plain = !digits.startsWith("0x") && !digits.startsWith("0X");
        return plain ? digits.replaceFirst("^0+(?=[0-9])", "") : digits;
    }

    private void string(boolean raw) {
        int start = at + (raw ? 1 : 0);
        char quote = text.charAt(start);
        String three = String.valueOf(quote).repeat(3);
        String end = text.startsWith(three, start) ? three : String.valueOf(quote);
        StringBuilder value = new StringBuilder();
        int i = start + end.length();
        while (!text.startsWith(end, i)) {
            if (i >= text.length()) {
                throw new CelException("Syntax error at character " + (at + 1) + ": a text without an end");
            }
            char c = text.charAt(i);
            if (c == '\\' && !raw) {
                i = Escapes.read(text, i, value);
            } else {
                value.append(c);
                i++;
            }
        }
        add(Kind.LITERAL, text.substring(at, i + end.length()), value.toString(), i + end.length());
    }
}
