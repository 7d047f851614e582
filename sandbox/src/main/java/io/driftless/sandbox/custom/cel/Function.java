package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A function for arguments of certain types.
///
/// @param name with the name of its library where that is said in expressions, such as
/// `sets.contains`
/// @param method whether it is called on its first argument
record Function(String name, boolean method, List<Type> parameters, Type result, Body body) {
    private static final Map<String, Type> SHORT = Map.of("duration", Type.DURATION, "timestamp", Type.TIMESTAMP);

    /// What it does with arguments that are of its types.
    interface Body {
        Object apply(Object[] arguments, Steps steps);
    }

    /// A body that is no work worth counting.
    interface One {
        Object apply(Object argument);
    }

    interface Two {
        Object apply(Object first, Object second);
    }

    /// Reads `name(types): type` or, of a method, `type::name(types): type`; a single capital
    /// letter is any type.
    static Function of(String text, Body body) {
        Signature signature = new Signature(text);
        List<Type> parameters = new ArrayList<>();
        boolean method = text.contains("::");
        if (method) {
            parameters.add(signature.type());
            signature.skip(2);
        }
        String name = signature.upTo('(');
        signature.skip(1);
        while (!signature.take(')')) {
            parameters.add(signature.type());
            signature.take(',');
        }
        signature.skip(1);
        return new Function(name, method, List.copyOf(parameters), signature.type(), body);
    }

    static Function one(String text, One body) {
        return of(text, (arguments, _) -> body.apply(arguments[0]));
    }

    static Function two(String text, Two body) {
        return of(text, (arguments, _) -> body.apply(arguments[0], arguments[1]));
    }

    /// Whether it is meant for these values; of lists and maps the first items tell.
    boolean takes(Object[] arguments) {
        boolean fits = arguments.length == parameters.size();
        for (int i = 0; fits && i < arguments.length; i++) {
            fits = is(arguments[i], parameters.get(i));
        }
        return fits;
    }

    private static boolean is(Object value, Type type) {
        if (type.isVariable() || type.equals(Type.DYN)) {
            return true;
        }
        return Values.typeName(value).equals(type.name())
                && (!(value instanceof List<?> list) || list.isEmpty() || is(list.getFirst(), type.parameter(0)));
    }

    /// The text of a signature, read from its beginning.
    private static final class Signature {
        private final String text;
        private int at;

        Signature(String text) {
            this.text = text.replace(" ", "");
        }

        void skip(int characters) {
            at += characters;
        }

        boolean take(char c) {
            boolean is = text.charAt(at) == c;
            at += is ? 1 : 0;
            return is;
        }

        String upTo(char c) {
            int start = at;
            at = text.indexOf(c, at);
            return text.substring(start, at);
        }

        private String word() {
            int start = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return text.substring(start, at);
        }

        Type type() {
            String word = word();
            if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
                return Type.variable(word);
            }
            List<Type> inner = new ArrayList<>();
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
                while (!take(')')) {
                    inner.add(type());
                    take(',');
                }
            }
            String name = word.equals("optional") ? "optional_type" : word;
            return SHORT.getOrDefault(name, Type.of(name, List.copyOf(inner)));
        }
    }
}
