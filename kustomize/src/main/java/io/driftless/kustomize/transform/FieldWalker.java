package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.Gvk;
import io.driftless.kustomize.model.ResId;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Tag;
import io.driftless.kustomize.node.WrongKind;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the fields a spec names in an object, going through every item of lists on the way, and
/// hands each to a setter. May create what is missing.
final class FieldWalker {
    private final FieldSpec spec;
    private final Consumer<Node> setter;
    private final @Nullable Kind create;
    private final Tag createTag;

    private FieldWalker(FieldSpec spec, Consumer<Node> setter, @Nullable Kind create, Tag createTag) {
        this.spec = spec;
        this.setter = setter;
        this.create = spec.create() ? create : null;
        this.createTag = createTag;
    }

    static void each(Resource resource, List<FieldSpec> specs, Consumer<Node> setter, @Nullable Kind create, Tag tag) {
        for (FieldSpec spec : specs) {
            one(resource, spec, setter, create, tag);
        }
    }

    static void one(Resource resource, FieldSpec spec, Consumer<Node> setter, @Nullable Kind create, Tag tag) {
        if (!resource.gvk().isSelectedBy(spec.gvk())) {
            return;
        }
        try {
            new FieldWalker(spec, setter, create, tag).walk(resource.node(), 0);
        } catch (WrongKind wrong) {
            throw new WrongField(wrong, prefix(resource, spec));
        } catch (KustomizeException invalid) {
            throw invalid.within(prefix(resource, spec));
        }
    }

    private static String prefix(Resource resource, FieldSpec spec) {
        Gvk gvk = resource.gvk();
        return "considering field '" + spec.path() + "' of object "
                + new ResId(gvk, resource.name(), resource.namespace(), false);
    }

    /// A field of another shape than the transformer writes.
    static final class WrongField extends KustomizeException {
        private static final long serialVersionUID = 1;
        private final Kind actual;

        WrongField(WrongKind wrong, String place) {
            super(place + ": " + wrong.getMessage(), wrong);
            this.actual = wrong.actual();
        }

        Kind actual() {
            return actual;
        }
    }

    private void walk(Node at, int part) {
        if (part == spec.parts().size()) {
            setter.accept(at);
            return;
        }
        if (at.isNull()) {
            return;
        }
        switch (at.kind()) {
            case LIST -> {
                for (int i = 0; i < at.size(); i++) {
                    walk(at.item(i), part);
                }
            }
            case MAP -> field(at, part);
            default -> throw new KustomizeException("expected sequence or mapping node");
        }
    }

    private void field(Node map, int part) {
        String name = spec.parts().get(part);
        boolean list = name.endsWith("[]");
        if (list) {
            name = name.substring(0, name.length() - 2);
        }
        if (name.isEmpty()) {
            throw new KustomizeException("cannot set or create an empty field name");
        }
        boolean last = part == spec.parts().size() - 1;
        Kind made = create == null || list ? null : last ? create : Kind.MAP;
        Node field = isSpecial(name) || made != null ? Fields.lookUp(map, List.of(name), made) : map.get(name);
        if (field == null) {
            return;
        }
        Kind wanted = list && made == null ? Kind.LIST : made;
        if (field.isNull() && wanted != null) {
            field.turnInto(wanted, list ? Tag.NONE : last ? createTag : Tag.MAP);
        }
        walk(field, part + 1);
    }

    private static boolean isSpecial(String name) {
        char first = name.charAt(0);
        return first == '['
                || first == '-'
                || first == '+'
                || first == '*'
                || first <= ' '
                || (first >= '0' && first <= '9');
    }
}
