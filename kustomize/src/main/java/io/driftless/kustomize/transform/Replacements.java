package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Replacement;
import io.driftless.kustomize.file.Replacement.FieldOptions;
import io.driftless.kustomize.file.Replacement.Source;
import io.driftless.kustomize.file.Replacement.Target;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Growth;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.PathMatcher;
import io.driftless.kustomize.node.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Copies a field of one resource, or a fixed text, into fields of others.
public final class Replacements implements Transformer {
    private final List<Replacement> replacements;
    private final Growth growth = new Growth();

    public Replacements(List<Replacement> replacements) {
        this.replacements = replacements;
    }

    @Override
    public void transform(ResMap map) {
        for (Replacement replacement : replacements) {
            if ((replacement.source() == null && replacement.sourceValue() == null) || !replacement.hasTargets()) {
                throw new KustomizeException("replacements must specify a source and at least one target");
            }
            Node value = value(map, replacement);
            for (Target target : replacement.targets()) {
                apply(map, value, target);
            }
        }
        map.dropGone();
    }

    private static Node value(ResMap map, Replacement replacement) {
        Source source = replacement.source();
        if (replacement.sourceValue() != null) {
            if (source != null) {
                throw new KustomizeException("value and resource selectors are mutually exclusive");
            }
            return Node.untyped(replacement.sourceValue());
        }
        if (source == null) {
            throw new KustomizeException("replacements must specify a source and at least one target");
        }
        Resource found = find(map, source);
        String path = source.fieldPath().isEmpty() ? "metadata.name" : source.fieldPath();
        Node field;
        try {
            field = Fields.lookUp(found.node(), Paths.splitDots(path));
        } catch (KustomizeException failed) {
            throw failed.within("error looking up replacement source");
        }
        if (field == null || field.isEmpty()) {
            throw new KustomizeException("fieldPath `" + path + "` is missing for replacement source " + source.id());
        }
        return refine(source.options(), field);
    }

    private static Node refine(@Nullable FieldOptions options, Node field) {
        if (options == null || options.delimiter().isEmpty()) {
            return field;
        }
        if (!field.isScalar()) {
            throw new KustomizeException("delimiter option can only be used with scalar nodes");
        }
        String[] parts = field.text().split(Pattern.quote(options.delimiter()), -1);
        if (options.index() >= parts.length || options.index() < 0) {
            throw new KustomizeException(
                    "options.index " + options.index() + " is out of bounds for value " + field.text());
        }
        Node part = field.copy();
        part.setText(parts[(int) options.index()]);
        return part;
    }

    private static Resource find(ResMap map, Source source) {
        Resource found = null;
        for (Resource resource : map.resources()) {
            if (ids(resource).stream().anyMatch(id -> isSelected(id, source.id()))) {
                if (found != null) {
                    throw new KustomizeException("multiple matches for selector " + source);
                }
                found = resource;
            }
        }
        if (found == null) {
            throw new KustomizeException("nothing selected by " + source);
        }
        return found;
    }

    private static boolean isSelected(ResId id, ResId selector) {
        return (selector.name().isEmpty() || selector.name().equals(id.name()))
                && (selector.namespace().isEmpty() || selector.sameNamespace(id))
                && id.gvk().isSelectedBy(selector.gvk());
    }

    private static List<ResId> ids(Resource resource) {
        List<ResId> ids = new ArrayList<>();
        Gvk gvk = resource.gvk();
        ids.add(new ResId(gvk, resource.name(), resource.namespace(), false));
        ids.addAll(resource.previousIds());
        return ids;
    }

    private void apply(ResMap map, Node value, Target target) {
        if (target.select() == null) {
            throw new KustomizeException("target must specify resources to select");
        }
        Selector.Compiled select;
        List<Selector.Compiled> reject;
        try {
            select = target.select().compile();
            reject = target.reject().stream().map(Selector::compile).toList();
        } catch (KustomizeException invalid) {
            throw invalid.within("error creating target selector");
        }
        for (Resource resource : map.resources()) {
            List<ResId> ids = ids(resource);
            if (select.matchesMetadata(resource)
                    && reject.stream().noneMatch(one -> rejects(one, resource, ids))
                    && ids.stream().anyMatch(select::matchesId)) {
                copy(resource.node(), value, target);
            }
        }
    }

    private static boolean rejects(Selector.Compiled reject, Resource resource, List<ResId> ids) {
        Selector selector = reject.selector();
        boolean byMetadata = !selector.annotationSelector().isEmpty()
                || !selector.labelSelector().isEmpty();
        return (byMetadata && reject.matchesMetadata(resource))
                || (!selector.hasNoId() && ids.stream().anyMatch(reject::matchesId));
    }

    private void copy(Node object, Node value, Target target) {
        FieldOptions options = target.options();
        Kind create = options != null && options.create() ? value.kind() : null;
        List<String> paths = target.fieldPaths().isEmpty() ? List.of("metadata.name") : target.fieldPaths();
        for (String path : paths) {
            List<String> parts = Paths.splitDots(path);
            if (StructuredText.set(object, value, parts, create)) {
                continue;
            }
            String missing = "unable to find " + (create == null ? "" : "or create ") + "field \"" + path
                    + "\" in replacement target";
            List<Node> fields;
            try {
                fields = PathMatcher.find(object, parts, create);
            } catch (KustomizeException failed) {
                throw failed.within(missing);
            }
            if (fields == null || fields.isEmpty()) {
                throw new KustomizeException(missing);
            }
            for (Node field : fields) {
                growth.copies(value);
                set(options, field, value.copy());
            }
        }
    }

    private static void set(@Nullable FieldOptions options, Node field, Node value) {
        if (options != null && !options.delimiter().isEmpty()) {
            if (!field.isScalar()) {
                throw new KustomizeException("delimiter option can only be used with scalar nodes");
            }
            String delimiter = options.delimiter();
            List<String> parts = new ArrayList<>(Arrays.asList(field.text().split(Pattern.quote(delimiter), -1)));
            if (options.index() < 0) {
                parts.addFirst(Fields.text(value));
            } else if (options.index() >= parts.size()) {
                parts.add(Fields.text(value));
            } else {
                parts.set((int) options.index(), Fields.text(value));
            }
            String joined = String.join(delimiter, parts);
            Growth.text(joined.length());
            value.setText(joined);
        }
        if (field.isScalar()) {
            field.setText(value.text());
        } else {
            field.become(value);
        }
    }
}
