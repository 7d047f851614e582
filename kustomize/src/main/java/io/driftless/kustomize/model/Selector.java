package io.driftless.kustomize.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.driftless.kustomize.KustomizeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Selects resources: each part of the id a regular expression for the whole text, empty for
/// anything, plus selectors on labels and annotations.
public record Selector(Gvk gvk, String name, String namespace, String annotationSelector, String labelSelector) {

    public boolean hasNoId() {
        return gvk.equals(Gvk.ANY) && name.isEmpty() && namespace.isEmpty();
    }

    @Override
    public String toString() {
        return new ResId(gvk, name, namespace, false) + ":a=" + annotationSelector + ":l=" + labelSelector;
    }

    public Compiled compile() {
        return new Compiled(
                this, whole(gvk.group()), whole(gvk.version()), whole(gvk.kind()), whole(name), whole(namespace));
    }

    private static @Nullable Pattern whole(String pattern) {
        if (pattern.isEmpty()) {
            return null;
        }
        try {
            return Pattern.compile("^(?:" + pattern + ")$");
        } catch (PatternSyntaxException invalid) {
            throw new KustomizeException("error parsing regexp: " + invalid.getDescription() + ": `" + pattern + "`");
        }
    }

    /// The selector with its expressions compiled.
    public static final class Compiled {
        private final Selector selector;
        private final @Nullable Pattern group;
        private final @Nullable Pattern version;
        private final @Nullable Pattern kind;
        private final @Nullable Pattern name;
        private final @Nullable Pattern namespace;
        private final LabelSelector labels;
        private final LabelSelector annotations;

        private Compiled(
                Selector selector,
                @Nullable Pattern group,
                @Nullable Pattern version,
                @Nullable Pattern kind,
                @Nullable Pattern name,
                @Nullable Pattern namespace) {
            this.selector = selector;
            this.group = group;
            this.version = version;
            this.kind = kind;
            this.name = name;
            this.namespace = namespace;
            this.labels = LabelSelector.parse(selector.labelSelector());
            this.annotations = LabelSelector.parse(selector.annotationSelector());
        }

        public Selector selector() {
            return selector;
        }

        public boolean matchesKind(Gvk gvk) {
            return fits(group, gvk.group()) && fits(version, gvk.version()) && fits(kind, gvk.kind());
        }

        public boolean matchesId(ResId id) {
            return matchesKind(id.gvk()) && fits(name, id.name()) && fits(namespace, id.namespace());
        }

        public boolean matchesMetadata(Resource resource) {
            return (annotations.isEverything() || annotations.matches(resource.annotations()))
                    && (labels.isEverything() || labels.matches(resource.labels()));
        }

        /// What patches select: kind as it is now, name and namespace as they were or are.
        public List<Resource> select(ResMap map) {
            List<Resource> found = new ArrayList<>();
            for (Resource resource : map.resources()) {
                if (matches(resource)) {
                    found.add(resource);
                }
            }
            return found;
        }

        private boolean matches(Resource resource) {
            if (!matchesKind(resource.gvk())) {
                return false;
            }
            if (name != null || namespace != null) {
                ResId now = resource.currentId();
                ResId then = resource.originalId();
                boolean there = fits(namespace, then.effectiveNamespace()) || fits(namespace, now.effectiveNamespace());
                if (!there || !(fits(name, then.name()) || fits(name, now.name()))) {
                    return false;
                }
            }
            return matchesMetadata(resource);
        }

        private static boolean fits(@Nullable Pattern pattern, String text) {
            return pattern == null || pattern.matcher(text).find();
        }
    }
}
