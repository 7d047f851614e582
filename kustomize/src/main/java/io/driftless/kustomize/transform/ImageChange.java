package io.driftless.kustomize.transform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.driftless.kustomize.file.Entries.Image;
import io.driftless.kustomize.model.FieldSpec;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives images a new name, tag or digest: in every list called `containers` or `initContainers`, and where the field
/// specs say.
public final class ImageChange implements Transformer {
    private final Image image;
    private final List<FieldSpec> specs;
    private final @Nullable Pattern matches;

    public ImageChange(Image image, List<FieldSpec> specs) {
        this.image = image;
        this.specs = specs;
        this.matches = pattern(image.name());
    }

    private static @Nullable Pattern pattern(String name) {
        try {
            return Pattern.compile("^" + name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$");
        } catch (PatternSyntaxException invalid) {
            throw new io.driftless.kustomize.KustomizeException(
                    "images: the name `" + name + "` is not a regular expression: " + invalid.getDescription());
        }
    }

    @Override
    public void transform(ResMap map) {
        for (Resource resource : map.resources()) {
            if (!resource.kind().equals("CustomResourceDefinition")) {
                everywhere(resource.node());
            }
        }
        for (Resource resource : map.resources()) {
            if (!resource.kind().equals("CustomResourceDefinition")) {
                FieldWalker.each(resource, specs, this::change, null, Tag.NONE);
            }
        }
    }

    private void everywhere(Node node) {
        if (node.isMap()) {
            for (int i = 0; i < node.size(); i++) {
                Node value = node.item(i);
                if (value.isScalar()) {
                    continue;
                }
                everywhere(value);
                String key = node.key(i);
                if (value.isList() && (key.equals("containers") || key.equals("initContainers"))) {
                    containers(value);
                }
            }
        } else if (node.isList()) {
            node.items().forEach(this::everywhere);
        }
    }

    private void containers(Node list) {
        for (Node container : list.items()) {
            Node found = Fields.get(container, "image");
            if (found != null) {
                change(found);
            }
        }
    }

    private void change(Node field) {
        field.expect(Kind.SCALAR);
        String value = field.text();
        if (matches == null || !matches.matcher(value).find()) {
            return;
        }
        int[] at = split(value);
        String name = value.substring(0, at[0]);
        String tag = at[0] < at[1] ? value.substring(at[0] + 1, at[1]) : "";
        String digest = at[1] < value.length() ? value.substring(at[1] + 1) : "";
        name = image.newName().isEmpty() ? name : image.newName();
        if (!image.newTag().isEmpty()) {
            tag = image.newTag();
            digest = image.digest();
        } else if (!image.digest().isEmpty()) {
            tag = "";
            digest = image.digest();
        } else if (!image.tagSuffix().isEmpty()) {
            tag += image.tagSuffix();
            digest = "";
        }
        Fields.setScalar(
                field, Node.untyped(name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest)));
    }

    /// Where the name ends and where the tag ends. A colon before the first slash is that of a port.
    private static int[] split(String value) {
        int from = Math.max(0, value.indexOf('/'));
        int at = value.indexOf('@', from);
        int colon = value.indexOf(':', from);
        int end = value.length();
        if (at >= 0 && (colon < 0 || at < colon)) {
            return new int[] {at, at};
        }
        if (colon < 0) {
            return new int[] {end, end};
        }
        return new int[] {colon, at < 0 ? end : at};
    }
}
