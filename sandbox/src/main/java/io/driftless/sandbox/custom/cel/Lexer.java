package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import io.driftless.sandbox.custom.cel.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes the text of an expression apart; what is no word is told and left out.
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")",
            "[", "]", "{", "}");
    private static final Pattern QUOTE = Pattern.compile("([rRbB]{0,2})('''|\"\"\"|'|\")");
    private static final Pattern NUMBER = Pattern.compile(
            "([0-9]+\\.[0-9]+([eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\\.[0-9]+([eE][+-]?[0-9]+)?)|(0x[0-9a-fA-F]+|[0-9]+)([uU]?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private final String text;
    private final List<Problem> problems;
    private final List<Token> out = new ArrayList<>();
    private int at;

    private Lexer(String text, List<Problem> problems) {
        this.text = text;
        this.problems = problems;
    }

    static List<Token> read(String text, List<Problem> problems) {
        Lexer lexer = new Lexer(text, problems);
        while (lexer.more()) {
            lexer.next();
        }
        lexer.out.add(new Token(Kind.END, "<EOF>", null, text.length()));
        return lexer.out;
    }

    private boolean more() {
        boolean comment = text.startsWith("//", at);
        while (at < text.length() && ("\t\n\f\r ".indexOf(text.charAt(at)) >= 0 || comment)) {
            comment = text.startsWith("//", at) || comment && text.charAt(at) != '\n';
            at++;
            comment |= text.startsWith("//", at);
        }
        return at < text.length();
    }

    private void next() {
        Matcher quote = QUOTE.matcher(text).region(at, text.length());
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (quote.lookingAt()
                && quote.group(1).toLowerCase(java.util.Locale.ROOT).matches("|r|b|br|rb")) {
            quoted(quote.group(1), quote.group(2), quote.end());
        } else if (number.lookingAt()) {
            number(number);
        } else if (name.lookingAt()) {
            name(name.group(), name.end());
        } else {
            symbol();
        }
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Kind.SYMBOL, symbol, null, at + symbol.length());
                return;
            }
        }
        boolean half = "=&|".indexOf(text.charAt(at)) >= 0;
        unknown(Math.min(at + (half ? 2 : 1), text.length()));
    }

    private void unknown(int end) {
        problems.add(new Problem("Syntax error: token recognition error at: '" + text.substring(at, end) + "'", at));
        at = end;
    }

    private void add(Kind kind, String word, @Nullable Object value, int end) {
        out.add(new Token(kind, word, value, at));
        at = end;
    }

    private void name(String word, int end) {
        switch (word) {
            case "true" -> add(Kind.LITERAL, word, true, end);
            case "false" -> add(Kind.LITERAL, word, false, end);
            case "null" -> add(Kind.LITERAL, word, Values.NULL, end);
            case "in" -> add(Kind.SYMBOL, word, null, end);
            default -> add(Kind.NAME, word, null, end);
        }
    }

    /// A number stays a text until it is known whether there is a sign before it.
    private void number(Matcher number) {
        boolean whole = number.group(1) == null;
        boolean unsigned = whole && !number.group(5).isEmpty();
        Kind kind = unsigned ? Kind.UNSIGNED : whole ? Kind.WHOLE : Kind.REAL;
        add(kind, number.group(), null, number.end());
    }

    private void quoted(String prefix, String quote, int from) {
        boolean raw = prefix.contains("r") || prefix.contains("R");
        boolean binary = prefix.contains("b") || prefix.contains("B");
        int i = from;
        while (!text.startsWith(quote, i)) {
            if (i >= text.length()) {
                start(prefix, text.length());
                return;
            }
            char c = text.charAt(i);
            if (quote.length() == 1 && (c == '\n' || c == '\r')) {
                start(prefix, i + 1);
                return;
            }
            int end = c == '\\' && !raw ? Escapes.end(text, i) : i + 1;
            if (end < 0) {
                start(prefix, Math.min(-end + 1, text.length()));
                return;
            }
            i = end;
        }
        literal(text.substring(from, i), raw, binary, i + quote.length());
    }

    /// A text without an end is unknown; the letters before it are a name.
    private void start(String prefix, int end) {
        if (!prefix.isEmpty()) {
            name(prefix, at + prefix.length());
        }
        unknown(end);
    }

    private void literal(String inner, boolean raw, boolean binary, int end) {
        byte[] bytes;
        try {
            String lines = inner.replace("\r\n", "\n").replace('\r', '\n');
            bytes = raw ? lines.getBytes(StandardCharsets.UTF_8) : Escapes.bytes(lines, binary);
        } catch (CelException e) {
            problems.add(new Problem(String.valueOf(e.getMessage()), at));
            bytes = new byte[0];
        }
        Object value = binary ? new Bytes(bytes) : new String(bytes, StandardCharsets.UTF_8);
        add(Kind.LITERAL, text.substring(at, end), value, end);
    }
}
