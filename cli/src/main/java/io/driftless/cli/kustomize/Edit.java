package io.driftless.cli.kustomize;

import io.driftless.cli.kustomize.edit.KustomizationFile;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One change of the kustomization file of the current directory: the arguments are checked, then the values changed,
/// then the file is written. A change that fails leaves the file as it was.
abstract class Edit implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = List.of();

    @Override
    public final Integer call() {
        check();
        KustomizationFile file = KustomizationFile.in(directory());
        change(file.values());
        file.save();
        return 0;
    }

    /// Fails for arguments that make no sense whatever the file says.
    abstract void check();

    abstract void change(Node file);

    static Path directory() {
        return Path.of(System.getProperty("user.dir"));
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

    final void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new KustomizeException(otherwise);
        }
    }

    final void note(String what) {
        spec.commandLine().getErr().println(what);
    }

    /// A list of the file, made where there is none.
    static Node list(Node map, String name) {
        Node list = map.get(name);
        if (list == null) {
            list = Node.list();
            map.put(name, list);
        }
        return list;
    }

    static Node map(Node map, String name) {
        Node inner = map.get(name);
        if (inner == null) {
            inner = Node.map();
            map.put(name, inner);
        }
        return inner;
    }

    static String text(Node map, String name) {
        Node value = map.get(name);
        return value == null ? "" : value.text();
    }

    /// Sets a text, or takes the field away where it is empty.
    static void put(Node map, String name, String text) {
        if (text.isEmpty()) {
            map.remove(name);
        } else {
            map.put(name, quoted(text));
        }
    }

    /// Text that stays text: quoted where it looks like a number.
    static Node quoted(String text) {
        return Node.text(text);
    }

    static List<String> texts(Node list) {
        return list.items().stream().map(Node::text).toList();
    }

    /// Takes items away; says whether there were any.
    static boolean removeIf(Node list, Predicate<Node> condition) {
        List<Node> left = new ArrayList<>(list.items());
        boolean removed = left.removeIf(condition);
        list.replaceItems(left);
        return removed;
    }
}
