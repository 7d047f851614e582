package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import io.driftless.sandbox.custom.cel.Token.Kind;
import java.util.List;

/// The words of an expression, one after the other, with what the real server says where another
/// one is wanted. A word too many is told and passed over, one that is missing is told and taken as
/// there; all else ends the reading.
final class Words {
    private static final String OPERAND =
            "'.', '-', '!', %s'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
    private final List<Token> tokens;
    private final List<Problem> problems;
    private int at;

    Words(List<Token> tokens, List<Problem> problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token after() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    private Token before() {
        return tokens.get(Math.max(at - 1, 0));
    }

    Token next() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean take(String symbol) {
        boolean is = peek().is(symbol);
        if (is) {
            var _ = next();
        }
        return is;
    }

    private CelException mismatched(String wanted) {
        return new CelException(
                "Syntax error: mismatched input '" + peek().text() + "' expecting " + wanted, peek().at());
    }

    private void extraneous(String wanted) {
        Token token = next();
        problems.add(
                new Problem("Syntax error: extraneous input '" + token.text() + "' expecting " + wanted, token.at()));
    }

    /// The word at which an operand begins.
    Token operand() {
        if (!peek().begins()) {
            boolean call = before().is("(") && at > 1 && tokens.get(at - 2).kind() == Kind.NAME;
            String wanted = "{'[', '{', '(', " + (call && peek().kind() != Kind.END ? "')', " : "")
                    + OPERAND.formatted(before().is("[") ? "'?', " : "");
            if (!after().begins()) {
                throw mismatched(wanted);
            }
            extraneous(wanted);
        }
        return next();
    }

    /// The name of a field after a dot.
    Token field(Token dot) {
        if (peek().kind() == Kind.NAME) {
            return next();
        }
        if (peek().kind() == Kind.LITERAL) {
            throw mismatched("IDENTIFIER");
        }
        String read = dot.text() + (peek().kind() == Kind.END ? "" : peek().text());
        throw new CelException("Syntax error: no viable alternative at input '" + read + "'", peek().at());
    }

    void expect(String symbol) {
        if (take(symbol)) {
            return;
        }
        String wanted = "'" + symbol + "'";
        if (after().is(symbol)) {
            extraneous(wanted);
            var _ = take(symbol);
        } else if (symbol.equals(":") ? peek().begins() : peek().follows()) {
            problems.add(new Problem("Syntax error: missing " + wanted + " at '" + peek().text() + "'", peek().at()));
        } else {
            throw mismatched(wanted);
        }
    }

    /// Whether there are no arguments; a comma alone is told.
    boolean noArguments() {
        if (peek().is(",") && after().is(")")) {
            extraneous("{'[', '{', '(', ')', " + OPERAND.formatted(""));
        }
        return take(")");
    }

    /// Whether another item of a list comes; a comma may come before the end of all but arguments.
    boolean more(String end, String wanted) {
        if (take(end)) {
            return false;
        }
        boolean arguments = end.equals(")");
        if (take(",")) {
            if (!arguments && peek().is(",")) {
                throw mismatched("'" + end + "'");
            }
            return arguments || !take(end);
        }
        if (!arguments && after().is(end)) {
            extraneous(wanted);
            return !take(end);
        }
        if (!arguments || !peek().follows()) {
            throw mismatched(wanted);
        }
        expect(end);
        return false;
    }

    /// That nothing is left.
    void end() {
        if (peek().kind() == Kind.END) {
            return;
        }
        if (after().kind() == Kind.END) {
            extraneous("<EOF>");
        } else {
            throw mismatched("<EOF>");
        }
    }
}
