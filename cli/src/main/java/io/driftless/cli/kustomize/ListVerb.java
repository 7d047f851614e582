package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A verb that changes one list of the kustomization file: the arguments are checked, then the list is changed, then
/// the file is written. A change that fails leaves the file as it was.
abstract class ListVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = List.of();

    private final String field;

    ListVerb(String field) {
        this.field = field;
    }

    @Override
    public final Integer call() {
        check();
        return edit().edit(file -> {
            Node old = file.node(field);
            Node now = old.copy();
            change(now);
            new ListChange(file.source(), file.field(field), old, now).apply();
        });
    }

    /// Fails for arguments that make no sense whatever the file says.
    abstract void check();

    abstract void change(Node list);

    private EditCommand edit() {
        CommandLine at = spec.commandLine();
        while (!(at.getCommand() instanceof EditCommand)) {
            at = at.getParent();
        }
        return at.getCommand();
    }

    final Path directory() {
        return edit().kustomize().directory();
    }

    final String field() {
        return field;
    }

    final List<String> arguments() {
        return arguments;
    }

    /// The arguments, each of which may be several separated by commas.
    final List<String> separated() {
        return arguments.stream()
                .flatMap(argument -> List.of(argument.split(",", -1)).stream())
                .toList();
    }

    final void note(String what) {
        edit().note(what);
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new KustomizeException(otherwise);
        }
    }

    /// A list inside of an entry, made where there is none.
    static Node list(Node entry, String name) {
        Node list = entry.get(name);
        if (list == null || list.isNull()) {
            list = Node.list();
            entry.put(name, list);
        }
        return list;
    }

    static String text(Node entry, String name) {
        Node value = entry.get(name);
        return value == null || value.isNull() ? "" : value.text();
    }

    /// Sets a text, or takes the field away where it is empty.
    static void put(Node entry, String name, String text) {
        if (text.isEmpty()) {
            entry.remove(name);
        } else {
            entry.put(name, Node.text(text));
        }
    }

    static boolean contains(Node list, String text) {
        return list.items().stream().anyMatch(item -> item.text().equals(text));
    }

    /// Takes items away; says whether there were any.
    static boolean removeIf(Node list, Predicate<Node> condition) {
        List<Node> left = new ArrayList<>(list.items());
        boolean removed = left.removeIf(condition);
        list.replaceItems(left);
        return removed;
    }
}
