package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads an expression.
final class Parser {
    private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", "<", "<=", ">", ">=", "in"),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));
    private static final int DEEPEST = 60;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Node read(String text) {
        Parser parser = new Parser(Lexer.read(text));
        Node node = parser.expression();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected();
        }
        return node;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private CelException unexpected() {
        Token token = peek();
        String what = "'" + token.text() + "'";
        return token.kind() == Token.Kind.END
                ? new CelException(
                        "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false',"
                                + " 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
                        token.at())
                : new CelException("Syntax error at character " + (token.at() + 1) + ": unexpected " + what);
    }

    private boolean take(String symbol) {
        boolean is = peek().is(symbol);
        at += is ? 1 : 0;
        return is;
    }

    private void expect(String symbol) {
        if (!take(symbol)) {
            throw unexpected();
        }
    }

    private Node expression() {
        if (++depth > DEEPEST) {
            throw new CelException("an expression of more than " + DEEPEST + " levels");
        }
        Node condition = binary(0);
        if (take("?")) {
            Node yes = binary(0);
            expect(":");
            condition = new Node.Choice(condition, yes, expression());
        }
        depth--;
        return condition;
    }

    private Node binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        while (peek().kind() != Token.Kind.LITERAL && LEVELS.get(level).contains(peek().text())) {
            Token operator = peek();
            at++;
            left = new Node.Binary(operator.text(), left, binary(level + 1), operator.at());
        }
        return left;
    }

    private Node unary() {
        int nots = 0;
        int minuses = 0;
        while (peek().is("!") || peek().is("-")) {
            if (take("!")) {
                nots++;
            } else {
                at++;
                minuses++;
            }
        }
        Node node = member();
        node = minuses % 2 == 0 ? node : new Node.Minus(node);
        for (; nots > 0; nots--) {
            node = new Node.Not(node);
        }
        return node;
    }

    private Node member() {
        Node node = primary();
        while (true) {
            int dot = peek().at();
            if (take(".")) {
                Token name = peek();
                if (name.kind() != Token.Kind.NAME) {
                    throw unexpected();
                }
                at++;
                int open = peek().at();
                node = take("(")
                        ? method(node, name.text(), open)
                        : new Node.Select(node, Escapes.field(name.text()), dot);
            } else if (take("[")) {
                node = new Node.Index(node, expression());
                expect("]");
            } else {
                return node;
            }
        }
    }

    private Node method(Node on, String name, int open) {
        List<Node> arguments = list(")");
        if (!MACROS.contains(name)) {
            return call(on, name, arguments, open);
        }
        boolean filtered = name.equals("map") && arguments.size() == 3;
        if ((arguments.size() != 2 && !filtered)
                || !(arguments.getFirst() instanceof Node.Name(String variable, int _))) {
            throw new CelException(name + " takes the name of a variable and an expression");
        }
        return new Node.Loop(name, on, variable, filtered ? arguments.get(1) : null, arguments.getLast());
    }

    private static Node call(@org.jspecify.annotations.Nullable Node on, String name, List<Node> arguments, int open) {
        if (!Functions.known(on != null, name, arguments.size())) {
            throw Functions.exists(name)
                    ? new CelException(
                            "the function " + name + " with " + arguments.size() + " arguments is not supported yet")
                    : new CelException("undeclared reference to '" + name + "' (in container '')", open);
        }
        return new Node.Call(on, name, arguments);
    }

    private Node primary() {
        Token token = peek();
        at++;
        if (token.kind() == Token.Kind.LITERAL) {
            return new Node.Literal(Objects.requireNonNull(token.value()));
        }
        if (token.kind() == Token.Kind.NAME) {
            int open = peek().at();
            return take("(") ? function(token.text(), open) : new Node.Name(token.text(), token.at());
        }
        if (token.is("(")) {
            Node inner = expression();
            expect(")");
            return inner;
        }
        if (token.is("[")) {
            return new Node.ListOf(list("]"));
        }
        if (token.is("{")) {
            return map();
        }
        at--;
        throw unexpected();
    }

    private Node function(String name, int open) {
        List<Node> arguments = list(")");
        if (!name.equals("has")) {
            return call(null, name, arguments, open);
        }
        if (arguments.size() == 1 && arguments.getFirst() instanceof Node.Select(Node of, String field, int _)) {
            return new Node.Has(of, field, open);
        }
        throw new CelException("has takes a field, as in has(self.field)");
    }

    private Node map() {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (!take("}")) {
            keys.add(expression());
            expect(":");
            values.add(expression());
            if (!peek().is("}")) {
                expect(",");
            }
        }
        return new Node.MapOf(keys, values);
    }

    private List<Node> list(String end) {
        List<Node> out = new ArrayList<>();
        while (!take(end)) {
            out.add(expression());
            if (!peek().is(end)) {
                expect(",");
            }
        }
        return out;
    }
}
