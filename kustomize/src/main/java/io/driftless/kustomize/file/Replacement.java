package io.driftless.kustomize.file;

import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `replacements`: one value, and the fields it is written to. It stands in the kustomization, or in a file
/// at `path`.
public record Replacement(
        String path, @Nullable Source source, @Nullable String sourceValue, boolean hasTargets, List<Target> targets) {
    public static Replacement of(Decoder in) {
        Source source = in.object("source", "types.SourceSelector", Source::of);
        boolean valued = in.has("sourceValue");
        String value = in.string("sourceValue");
        boolean hasTargets = in.has("targets");
        Replacement replacement = new Replacement(
                in.string("path"),
                source,
                valued ? value : null,
                hasTargets,
                in.objects("targets", "types.TargetSelector", Target::of));
        in.done();
        return replacement;
    }

    /// Which part of a field is meant, and whether it is made when missing.
    public record FieldOptions(String delimiter, long index, boolean create) {
        static FieldOptions of(Decoder in) {
            String delimiter = in.string("delimiter");
            long index = in.number("index");
            in.string("encoding");
            boolean create = in.flag("create");
            in.done();
            return new FieldOptions(delimiter, index, create);
        }

        @Override
        public String toString() {
            return delimiter.isEmpty() && !create ? "" : delimiter + "(" + index + "), create=" + create;
        }
    }

    /// Where the value is taken from.
    public record Source(
            ResId id, String fieldPath, @Nullable FieldOptions options) {
        static Source of(Decoder in) {
            ResId id = Entries.id(in);
            Source source = new Source(
                    id, in.string("fieldPath"), in.object("options", "types.FieldOptions", FieldOptions::of));
            in.done();
            return source;
        }

        @Override
        public String toString() {
            String text = id.toString();
            text += fieldPath.isEmpty() ? "" : ":" + fieldPath;
            return options == null || options.toString().isEmpty() ? text : text + ":" + options;
        }
    }

    /// What gets it, where.
    public record Target(
            @Nullable Selector select,
            List<Selector> reject,
            List<String> fieldPaths,
            @Nullable FieldOptions options) {
        static Target of(Decoder in) {
            Target target = new Target(
                    in.object("select", "types.Selector", Entries::selector),
                    in.objects("reject", "types.Selector", Entries::selector),
                    in.strings("fieldPaths"),
                    in.object("options", "types.FieldOptions", FieldOptions::of));
            in.done();
            return target;
        }
    }
}
