package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import io.driftless.sandbox.custom.cel.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads an expression.
final class Parser {
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", "<", "<=", ">", ">=", "in"),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));
    private static final int DEEPEST = 250;
    private final Words words;
    private final List<Problem> problems;
    private int depth;

    private Parser(String text) {
        this.problems = new ArrayList<>();
        this.words = new Words(Lexer.read(text, problems), problems);
    }

    /// @throws CelException where it cannot be read
    static Node read(String text) {
        Parser parser = new Parser(text);
        Node node = new Node.Literal(true, 0);
        try {
            node = parser.expression();
            parser.words.end();
        } catch (CelException e) {
            parser.problems.addAll(e.problems());
        }
        if (!parser.problems.isEmpty()) {
            throw new CelException(parser.problems);
        }
        return node;
    }

    private Node expression() {
        if (++depth > DEEPEST) {
            throw CelException.nowhere("expression recursion limit exceeded: " + DEEPEST);
        }
        Node condition = logic(0);
        int mark = words.peek().at();
        if (words.take("?")) {
            Node yes = logic(0);
            words.expect(":");
            condition = new Node.Choice(condition, yes, expression(), mark);
        }
        depth--;
        return condition;
    }

    /// Both sides are halves of all that is combined, so that many terms are not many levels.
    private Node logic(int level) {
        if (level == 2) {
            return binary(level);
        }
        List<Node> terms = new ArrayList<>(List.of(logic(level + 1)));
        List<Token> operators = new ArrayList<>();
        while (words.peek().kind() == Kind.SYMBOL
                && LEVELS.get(level).contains(words.peek().text())) {
            operators.add(words.next());
            terms.add(logic(level + 1));
        }
        return balanced(terms, operators, 0, operators.size());
    }

    private static Node balanced(List<Node> terms, List<Token> operators, int from, int to) {
        if (from == to) {
            return terms.get(from);
        }
        int middle = (from + to + 1) / 2;
        Token operator = operators.get(middle - 1);
        return new Node.Binary(
                operator.text(),
                balanced(terms, operators, from, middle - 1),
                balanced(terms, operators, middle, to),
                operator.at());
    }

    private Node binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        int length = 0;
        while (words.peek().kind() == Kind.SYMBOL
                && LEVELS.get(level).contains(words.peek().text())) {
            Token operator = words.next();
            left = new Node.Binary(operator.text(), left, binary(level + 1), operator.at());
            link(++length);
        }
        return left;
    }

    private static void link(int length) {
        if (length > DEEPEST) {
            throw CelException.nowhere("max recursion depth exceeded");
        }
    }

    private Node unary() {
        Token first = words.peek();
        String operator = first.text();
        boolean signed = first.is("-") && words.after().isNumber();
        if (!first.is("!") && !first.is("-") || signed) {
            return member();
        }
        boolean odd = false;
        while (words.take(operator)) {
            odd = !odd;
        }
        Node node = member();
        return odd ? new Node.Unary(operator, node, first.at()) : node;
    }

    private Node member() {
        Node node = primary();
        for (int length = 0; ; length++) {
            link(length);
            Token mark = words.peek();
            if (words.take(".")) {
                boolean optional = words.take("?");
                Token name = words.field(mark);
                Token open = words.peek();
                node = !optional && words.take("(")
                        ? Macros.method(node, name.text(), list(), open.at(), problems)
                        : new Node.Select(node, name.text(), optional, mark.at());
            } else if (words.take("[")) {
                boolean optional = words.take("?");
                Node key = expression();
                words.expect("]");
                node = new Node.Index(node, key, optional, mark.at());
            } else if (mark.is("{") && !Macros.qualified(node).isEmpty()) {
                if (Library.named(Macros.qualified(node)) != null) {
                    throw new CelException(
                            "a message of the type " + Macros.qualified(node) + " is not supported yet", mark.at());
                }
                throw new CelException(
                        "undeclared reference to '" + Macros.qualified(node) + "' (in container '')", mark.at());
            } else {
                return node;
            }
        }
    }

    private Node primary() {
        Token token = words.operand();
        if (token.is("-") || token.isNumber()) {
            return number(token);
        }
        if (token.kind() == Kind.LITERAL) {
            return new Node.Literal(Objects.requireNonNull(token.value()), token.at());
        }
        if (token.is("(")) {
            Node inner = expression();
            words.expect(")");
            return inner;
        }
        if (token.is("[")) {
            return listOf(token.at());
        }
        if (token.is("{")) {
            return mapOf(token.at());
        }
        return named(token.is(".") ? words.field(token) : token);
    }

    private Node named(Token token) {
        if (Escapes.isReserved(token.text())) {
            problems.add(new Problem("reserved identifier: " + token.text(), token.at()));
        }
        int open = words.peek().at();
        return words.take("(")
                ? Macros.function(token.text(), list(), open, problems)
                : new Node.Name(token.text(), token.at());
    }

    private Node number(Token token) {
        Token digits = token.is("-") ? words.next() : token;
        String sign = token.is("-") ? "-" : "";
        String word = digits.text();
        try {
            Object value = switch (digits.kind()) {
                case REAL -> Double.valueOf(sign + word);
                case UNSIGNED ->
                    new Unsigned(Long.parseUnsignedLong(
                            plain(word.substring(0, word.length() - 1)), word.startsWith("0x") ? 16 : 10));
                default -> Long.valueOf(sign + plain(word), word.startsWith("0x") ? 16 : 10);
            };
            return new Node.Literal(value, token.at());
        } catch (NumberFormatException e) {
            String sort = digits.kind() == Kind.UNSIGNED ? "uint" : "int";
            problems.add(new Problem("invalid " + sort + " literal", token.at()));
            return new Node.Literal(0L, token.at());
        }
    }

    private static String plain(String digits) {
        return digits.startsWith("0x") ? digits.substring(2) : digits;
    }

    private List<Node> list() {
        List<Node> out = new ArrayList<>();
        boolean more = !words.noArguments();
        while (more) {
            out.add(expression());
            more = words.more(")", "')'");
        }
        return out;
    }

    private Node listOf(int at) {
        List<Node> items = new ArrayList<>();
        List<Boolean> optional = new ArrayList<>();
        boolean more = !words.take("]");
        while (more) {
            optional.add(words.take("?"));
            items.add(expression());
            more = words.more("]", "{']', ','}");
        }
        return new Node.ListOf(items, optional, at);
    }

    private Node mapOf(int at) {
        List<Node> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        List<Boolean> optional = new ArrayList<>();
        boolean more = !words.take("}");
        while (more) {
            optional.add(words.take("?"));
            keys.add(expression());
            words.expect(":");
            values.add(expression());
            more = words.more("}", "{'}', ','}");
        }
        return new Node.MapOf(keys, values, optional, at);
    }
}
