package io.driftless.kustomize.patch;

import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The two-way strategic merge: walks object and patch together. The patch's nodes end up in the object, so a patch is
/// used once.
public final class StrategicMerge {
    private final Schemas schemas;

    public StrategicMerge(Schemas schemas) {
        this.schemas = schemas;
    }

    /// The merged object, or null when the patch deletes it.
    public @Nullable Node merge(Node object, Node patch) {
        Result result = walk(object, patch, null);
        return result.node;
    }

    /// A merged node; `keep` when it is a null that was written out and stays.
    record Result(@Nullable Node node, boolean keep) {
        static final Result GONE = new Result(null, false);

        static Result of(@Nullable Node node) {
            return new Result(node, false);
        }
    }

    Result walk(@Nullable Node object, @Nullable Node patch, @Nullable MergeSchema given) {
        MergeSchema schema = given != null ? given : embedded(object, patch);
        Kind kind = object != null && !object.isNull()
                ? object.kind()
                : patch != null && !patch.isNull() ? patch.kind() : Kind.NONE;
        if (kind != Kind.NONE) {
            check(object, kind);
            check(patch, kind);
        }
        return switch (kind) {
            case SCALAR -> Result.of(patch != null ? patch : object);
            case LIST -> Result.of(list(object, patch, schema));
            default -> map(object, patch, schema);
        };
    }

    static boolean isMissing(@Nullable Node node) {
        return node == null || node.isNull();
    }

    private static void check(@Nullable Node node, Kind kind) {
        if (node != null) {
            node.expect(kind);
        }
    }

    /// The schema of an object that names its type, wherever it stands.
    private @Nullable MergeSchema embedded(@Nullable Node object, @Nullable Node patch) {
        MergeSchema schema = ofType(object);
        return schema == null ? ofType(patch) : schema;
    }

    private @Nullable MergeSchema ofType(@Nullable Node node) {
        if (node == null || !node.isMap()) {
            return null;
        }
        Node version = node.get("apiVersion");
        Node kind = node.get("kind");
        if (version == null || kind == null || version.isEmpty() || kind.isEmpty()) {
            return null;
        }
        return schemas.of(Gvk.of(version.text(), kind.text()));
    }

    private Result map(@Nullable Node object, @Nullable Node patch, @Nullable MergeSchema schema) {
        Node into;
        if (isMissing(object)) {
            if (patch != null && patch.isMap() && Directive.ofMapLeniently(patch) == Directive.DELETE) {
                return Result.GONE;
            }
            if (patch == null && object != null && !object.text().isEmpty()) {
                Node kept = Node.nothing();
                kept.setText(object.text());
                return new Result(kept, true);
            }
            into = patch;
        } else if (patch != null && patch.isNull()) {
            return Result.GONE;
        } else {
            into = switch (Directive.of(patch)) {
                case DELETE -> null;
                case REPLACE -> patch;
                case MERGE -> object;
            };
        }
        if (into == null) {
            return Result.GONE;
        }
        fields(into, patch, schema);
        return Result.of(into);
    }

    private void fields(Node into, @Nullable Node patch, @Nullable MergeSchema schema) {
        TreeSet<String> names = new TreeSet<>(JsonText::compareUtf8);
        boolean same = into == patch;
        // Fields of the object alone change only if they are null or hold directives, which walking them decides.
        names.addAll(into.keys());
        if (patch != null && !same) {
            names.addAll(patch.keys());
        }
        for (String name : names) {
            Node mine = into.get(name);
            Node theirs = patch == null ? null : patch.get(name);
            if (theirs == null && mine != null && isSettled(mine)) {
                Fields.quoteIfTyped(mine);
                continue;
            }
            Result value = walk(mine, theirs, schema == null ? null : schema.field(name));
            set(into, name, value, patch);
        }
    }

    /// Keys keep the quotes they have in the patch, so that only a plain number stays one.
    private static void set(Node into, String name, Result value, @Nullable Node patch) {
        boolean added = value.node != null && !into.has(name);
        Fields.setQuoted(into, name, value.node, value.keep);
        if (added && patch != null && patch.trouble() != null) {
            into.setTrouble(patch.trouble());
        }
    }

    /// Whether merging nothing into a field leaves it as it is.
    private static boolean isSettled(Node node) {
        return node.isScalar() && !node.isNull();
    }

    private @Nullable Node list(@Nullable Node object, @Nullable Node patch, @Nullable MergeSchema schema) {
        if (schema == null || !schema.mergesItems()) {
            return patch != null ? patch : object;
        }
        Node into;
        if (isMissing(object)) {
            into = patch;
        } else if (patch != null && patch.isNull()) {
            return null;
        } else {
            into = switch (Directive.of(patch)) {
                case DELETE -> null;
                case REPLACE -> patch;
                case MERGE -> object;
            };
        }
        if (into == null) {
            return null;
        }
        return new ListMerge(this, schema).merge(into, patch);
    }
}
