package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Entries.Patch;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Selector;
import io.driftless.kustomize.patch.JsonPatch;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.transform.JsonPatches;
import io.driftless.kustomize.transform.StrategicPatches;
import io.driftless.kustomize.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the three spellings of patches into transformers.
final class PatchEntries {
    private final Loader loader;
    private final ResourceReader reader;
    private final Schemas schemas;

    PatchEntries(Loader loader, ResourceReader reader, Schemas schemas) {
        this.loader = loader;
        this.reader = reader;
        this.schemas = schemas;
    }

    /// An entry of `patches`: what it is shows in its text.
    Transformer patch(Patch entry) {
        String inline = entry.patch().strip();
        if (inline.isEmpty() && entry.path().isEmpty()) {
            throw new KustomizeException("must specify one of patch and path in\n" + describe(entry));
        }
        if (!inline.isEmpty() && !entry.path().isEmpty()) {
            throw new KustomizeException("patch and path can't be set at the same time\n" + describe(entry));
        }
        String text = inline.isEmpty() ? load(entry.path()) : inline;
        String source = inline.isEmpty() ? "[path: \"" + entry.path() + "\"]" : "[patch: " + quoted(inline) + "]";
        List<Resource> objects = null;
        try {
            objects = reader.text(text);
        } catch (KustomizeException notObjects) {
            // It may be a list of operations.
        }
        JsonPatch operations = null;
        boolean parsed = false;
        try {
            operations = text.isEmpty()
                    ? null
                    : JsonPatch.parse(text, loader.budget().limits());
            parsed = !text.isEmpty();
        } catch (KustomizeException notOperations) {
            // It may be objects.
        }
        boolean hasObjects = objects != null && !objects.isEmpty();
        if (hasObjects && operations != null && !operations.isEmpty()) {
            throw new KustomizeException("illegally qualifies as both an SM and JSON patch: " + source);
        }
        if (objects == null && !parsed) {
            throw new KustomizeException("unable to parse SM or JSON patch from " + source);
        }
        if (objects != null) {
            return objects.isEmpty() ? map -> {} : strategic(entry, objects, source);
        }
        if (operations == null) {
            return map -> {};
        }
        return json(operations, entry.target(), source);
    }

    private Transformer strategic(Patch entry, List<Resource> objects, String source) {
        for (Resource patch : objects) {
            if (entry.nameChange()) {
                patch.enable(BuildNotes.ALLOW_NAME_CHANGE);
            }
            if (entry.kindChange()) {
                patch.enable(BuildNotes.ALLOW_KIND_CHANGE);
            }
        }
        return new StrategicPatches(objects, entry.target(), schemas, source, false);
    }

    private static Transformer json(JsonPatch operations, @Nullable Selector target, String source) {
        if (target == null) {
            return map -> {
                throw new KustomizeException("must specify a target for JSON patch " + source);
            };
        }
        JsonPatches patches = new JsonPatches(operations, target, true);
        return patches;
    }

    private String load(String path) {
        try {
            return loader.text(path);
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException failed) {
            throw failed.within("failed to get the patch file from path(" + path + ")");
        }
    }

    private static String describe(Patch entry) {
        return "path: " + entry.path() + "\n" + (entry.target() == null ? "" : "target: " + entry.target() + "\n");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        io.driftless.kustomize.node.JsonText.quote(text, out);
        return out.toString();
    }

    /// `patchesStrategicMerge`: each entry is a patch or the path of one.
    Transformer legacyStrategic(List<String> entries, String inline) {
        List<Resource> patches = new ArrayList<>();
        if (entries.isEmpty() && inline.isEmpty()) {
            throw new KustomizeException("empty file path and empty patch content");
        }
        for (String entry : entries) {
            patches.addAll(textOrFile(entry));
        }
        if (!inline.isEmpty()) {
            patches.addAll(reader.text(inline));
        }
        if (patches.isEmpty()) {
            throw new KustomizeException(
                    "patch appears to be empty; files=[" + String.join(" ", entries) + "], Patch=" + inline);
        }
        return new StrategicPatches(patches, null, schemas, "", true);
    }

    private List<Resource> textOrFile(String entry) {
        try {
            return reader.text(entry);
        } catch (KustomizeException notObjects) {
            return reader.file(loader, entry);
        }
    }

    /// `patchesJson6902`.
    Transformer legacyJson(String path, String inline, @Nullable Selector target) {
        if (target == null || target.name().isEmpty()) {
            throw new KustomizeException("must specify the target name");
        }
        if (path.isEmpty() && inline.isEmpty()) {
            throw new KustomizeException("empty file path and empty jsonOp");
        }
        if (!path.isEmpty() && !inline.isEmpty()) {
            throw new KustomizeException("must specify a file path or jsonOp, not both");
        }
        String text = path.isEmpty() ? inline : loader.text(path);
        if (text.isEmpty()) {
            throw new KustomizeException("patch file '" + path + "' empty seems to be empty");
        }
        JsonPatch patch;
        try {
            patch = JsonPatch.parse(text, loader.budget().limits());
        } catch (io.driftless.kustomize.node.MalformedYaml invalid) {
            throw invalid;
        } catch (KustomizeException invalid) {
            throw invalid.within("decoding " + text);
        }
        if (patch == null || patch.isEmpty()) {
            throw new KustomizeException("patch appears to be empty; file=" + path + ", JsonOp=" + text);
        }
        return new JsonPatches(patch, target, false);
    }
}
