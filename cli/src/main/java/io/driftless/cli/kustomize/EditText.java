package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import picocli.CommandLine.Command;

/// `edit set namespace|nameprefix|namesuffix VALUE`
abstract class EditText extends Edit {
    private final String field;
    private final String otherwise;

    EditText(String field, String otherwise) {
        this.field = field;
        this.otherwise = otherwise;
    }

    @Override
    void check() {
        require(arguments().size() == 1, otherwise);
    }

    @Override
    void change(Node file) {
        put(file, field, arguments().getFirst());
    }

    @Command(name = "namespace", mixinStandardHelpOptions = true, description = "VALUE becomes the namespace.")
    static final class Namespace extends EditText {
        Namespace() {
            super("namespace", "must specify exactly one namespace value");
        }
    }

    @Command(name = "nameprefix", mixinStandardHelpOptions = true, description = "VALUE becomes the namePrefix.")
    static final class NamePrefix extends EditText {
        NamePrefix() {
            super("namePrefix", "must specify exactly one prefix value");
        }
    }

    @Command(name = "namesuffix", mixinStandardHelpOptions = true, description = "VALUE becomes the nameSuffix.")
    static final class NameSuffix extends EditText {
        NameSuffix() {
            super("nameSuffix", "must specify exactly one suffix value");
        }
    }
}
