package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.HttpFailure;
import io.driftless.kustomize.file.Kustomization;
import io.driftless.kustomize.model.BuildNotes;
import io.driftless.kustomize.model.ResMap;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.MalformedYaml;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.patch.Schemas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One kustomization in a build: gathers its resources, generates, includes components, transforms.
final class Target {
    private final Loader loader;
    private final Schemas schemas;
    private final Charts charts;
    private final ResourceReader reader;
    private final Kustomization file;
    private final String fileName;
    private final List<String> warnings;
    private List<String> buildMetadata;
    private String inheritedNamespace = "";
    private @Nullable Origin origin;

    private Target(
            Loader loader, Schemas schemas, Charts charts, Kustomization file, String fileName, List<String> warnings) {
        this.loader = loader;
        this.schemas = schemas;
        this.charts = charts;
        this.reader = new ResourceReader(loader.budget().limits(), schemas);
        this.file = file;
        this.fileName = fileName;
        this.warnings = warnings;
        this.buildMetadata = file.buildMetadata();
    }

    static Target load(Loader loader, Schemas schemas, Charts charts, List<String> warnings) {
        FoundFile found = FoundFile.in(loader);
        warnings.addAll(found.content().warnings());
        return new Target(loader, schemas, charts, found.content(), found.name(), warnings);
    }

    Kustomization file() {
        return file;
    }

    /// Takes over the schema this kustomization names.
    void useSchema(boolean root) {
        String path = file.openapi().get("path");
        schemas.use(file.openapi(), path == null ? null : loader.load(path), root);
    }

    Accumulator accumulateRoot() {
        origin = buildMetadata.isEmpty() ? null : Origin.HERE;
        return accumulate(new Accumulator());
    }

    private Accumulator accumulate(Accumulator into) {
        Within.step("accumulating resources", () -> addResources(into, file.resources()));
        into.mergeConfig(ConfigFiles.read(loader, file.configurations()));
        into.mergeConfig(Within.step(
                "loading CRDs [" + String.join(" ", file.crds()) + "]", () -> CrdFiles.read(loader, file.crds())));
        generate(into);
        Within.step("accumulating components", () -> addComponents(into));
        Step.runAll(
                new Transformers(file, into.config(), loader, reader, schemas).all(this::configuredBy),
                into.resources());
        Step.runAll(configured(file.transformers()), into.resources());
        Validation.run(into.resources(), configured(file.validators()));
        Within.step("merging vars", () -> into.mergeVars(file.vars()));
        return into;
    }

    // Resources and components

    private void addResources(Accumulator into, List<String> paths) {
        for (String path : paths) {
            KustomizeException asFile = addFile(into, path);
            if (asFile != null) {
                addDirectory(into, path, asFile);
            }
            loader.budget().holds(into.resources().size());
        }
    }

    /// Adds the resources of a file, or tells why the path is none.
    private @Nullable KustomizeException addFile(Accumulator into, String path) {
        List<Resource> resources;
        try {
            resources = reader.file(loader, path);
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (MalformedYaml invalid) {
            return new MalformedYaml("accumulating resources from '" + path + "': " + invalid.getMessage());
        } catch (HttpFailure refused) {
            throw refused.within("accumulating resources from '" + path + "'");
        } catch (KustomizeException failed) {
            return failed.within("accumulating resources from '" + path + "'");
        }
        if (origin != null) {
            String text = origin.append(path).toString();
            resources.forEach(resource -> note(resource, text));
        }
        try {
            ResMap own = new ResMap();
            own.addAll(resources);
            into.resources().addAll(resources);
            return null;
        } catch (KustomizeException failed) {
            return failed.within("merging resources from '" + path + "'");
        }
    }

    private static void note(Resource resource, String text) {
        resource.annotate(BuildNotes.ORIGIN, text);
    }

    private void addDirectory(Accumulator into, String path, KustomizeException asFile) {
        Loader opened;
        try {
            opened = loader.open(path);
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException notDirectory) {
            if (asFile instanceof MalformedYaml) {
                throw asFile;
            }
            throw notDirectory.within("accumulation err='" + asFile.getMessage() + "'");
        }
        Within.step("accumulation err='" + asFile.getMessage() + "'", () -> {
            Accumulator included = include(opened, path, null);
            Within.step("recursed merging from path '" + opened.root() + "'", () -> into.merge(included));
        });
    }

    private void addComponents(Accumulator into) {
        for (String path : file.components()) {
            Loader opened;
            try {
                opened = loader.open(path);
            } catch (Budget.Exceeded exceeded) {
                throw exceeded;
            } catch (KustomizeException failed) {
                throw new KustomizeException("loader.New \"" + failed.getMessage() + "\"", failed);
            }
            try {
                include(opened, path, into);
            } catch (Budget.Exceeded exceeded) {
                throw exceeded;
            } catch (KustomizeException failed) {
                throw new KustomizeException("accumulateDirectory: \"" + failed.getMessage() + "\"", failed);
            }
        }
    }

    /// Builds an included directory: on its own, or as a component on what is there already.
    private Accumulator include(Loader opened, String path, @Nullable Accumulator component) {
        Target target = Within.step(
                "couldn't make target for path '" + opened.root() + "'",
                () -> Target.load(opened, schemas, charts, warnings));
        target.buildMetadata = buildMetadata;
        target.origin = origin == null ? null : origin.append(path);
        target.inheritedNamespace = namespace();
        target.useSchema(false);
        if (component != null && !target.file.isComponent()) {
            throw new KustomizeException(
                    "expected kind 'Component' for path '" + opened.root() + "' but got '" + target.file.kind() + "'");
        }
        if (component == null && target.file.isComponent()) {
            throw new KustomizeException("expected kind != 'Component' for path '" + opened.root() + "'");
        }
        return Within.step(
                "recursed accumulation of path '" + opened.root() + "'",
                () -> target.accumulate(component == null ? new Accumulator() : component));
    }

    // Generators

    private void generate(Accumulator into) {
        List<List<Resource>> made = new ArrayList<>(
                new Generators(loader, reader, schemas, charts, file, namespace(), this::configuredBy).make());
        Plugins plugins = new Plugins(loader, reader, schemas, charts);
        for (Resource config : configs(file.generators())) {
            made.add(Generators.noted(plugins.generate(config), configuredIn(config)));
        }
        for (List<Resource> resources : made) {
            Within.step("merging from generator", () -> resources.forEach(into.resources()::absorb));
        }
    }

    private String namespace() {
        return file.namespace().isEmpty() ? inheritedNamespace : file.namespace();
    }

    private @Nullable Origin configuredBy(String kind) {
        return origin == null ? null : origin.configured(origin.append(fileName).path(), "builtin", kind, "", "");
    }

    // Transformers in files and inline

    private @Nullable Origin configuredIn(Resource config) {
        String text = config.annotation(BuildNotes.ORIGIN);
        if (text == null) {
            return null;
        }
        Node where = NodeReader.first(text, loader.budget().limits());
        Node path = where == null ? null : where.get("path");
        return Origin.HERE.configured(
                path == null ? "" : path.text(), config.apiVersion(), config.kind(), config.name(), config.namespace());
    }

    /// The objects that configure plugins: inline ones first, then those of files and directories.
    private List<Resource> configs(List<String> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Accumulator found = new Accumulator();
        List<String> paths = new ArrayList<>();
        for (String entry : entries) {
            try {
                List<Resource> inline = reader.text(entry);
                if (origin != null) {
                    String text = origin.append(fileName).toString();
                    inline.forEach(resource -> resource.putAnnotation(BuildNotes.ORIGIN, text));
                }
                found.resources().addAll(inline);
            } catch (KustomizeException notInline) {
                paths.add(entry);
            }
        }
        addResources(found, paths);
        return found.resources().resources();
    }

    private List<Step> configured(List<String> entries) {
        Plugins plugins = new Plugins(loader, reader, schemas, charts);
        List<Step> steps = new ArrayList<>();
        for (Resource config : configs(entries)) {
            steps.add(new Step(plugins.transformer(config), configuredIn(config)));
        }
        return steps;
    }
}
