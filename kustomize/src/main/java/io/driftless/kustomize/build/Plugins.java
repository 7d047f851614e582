package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.file.Decoder;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.node.Plain;
import io.driftless.kustomize.patch.Schemas;
import io.driftless.kustomize.transform.Transformer;
import java.util.List;

/// Makes generators and transformers of the objects that configure them. Only the built-in ones exist: functions,
/// programs and Go plugins are refused.
final class Plugins {
    private final BuiltinGenerators generators;
    private final BuiltinTransformers transformers;

    Plugins(Loader loader, ResourceReader reader, Schemas schemas, Charts charts) {
        this.generators = new BuiltinGenerators(loader, reader, schemas, charts);
        this.transformers = new BuiltinTransformers(loader, reader, schemas);
    }

    /// What the generator that `config` configures makes.
    List<Resource> generate(Resource config) {
        try {
            requireBuiltin(config);
            return configured(config, () -> generators.make(config, decoder(config)));
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException failed) {
            throw failed.within("failed to load generator").within("loading generator plugins");
        }
    }

    Transformer transformer(Resource config) {
        requireBuiltin(config);
        return configured(config, () -> transformers.make(config, decoder(config)));
    }

    private static void requireBuiltin(Resource config) {
        if (!config.gvk().group().isEmpty() || !config.gvk().version().equals("builtin")) {
            throw new KustomizeException("external plugins disabled; unable to load external plugin '"
                    + config.originalId().gvk().kind() + "'");
        }
    }

    private interface Made<T> {
        T get();
    }

    private static <T> T configured(Resource config, Made<T> plugin) {
        try {
            return plugin.get();
        } catch (Unknown | Budget.Exceeded failed) {
            throw failed;
        } catch (KustomizeException failed) {
            throw failed.within("plugin " + config.originalId() + " fails configuration");
        }
    }

    static final class Unknown extends KustomizeException {
        private static final long serialVersionUID = 1;

        Unknown(Resource config) {
            super("unable to load builtin " + config.gvk());
        }
    }

    /// The configuration as the older reader sees it: the object is written and read again on its way to a plugin.
    private static Decoder decoder(Resource config) {
        return Decoder.lenient(Plain.exact(config.node()), config.kind());
    }

    /// Name and namespace of the configuration itself, empty where it has none.
    static String[] metadata(Decoder in) {
        String[] found = in.object(
                "metadata", "types.ObjectMeta", meta -> new String[] {meta.string("name"), meta.string("namespace")});
        return found == null ? new String[] {"", ""} : found;
    }
}
