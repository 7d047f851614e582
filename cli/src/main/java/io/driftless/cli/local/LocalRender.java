package io.driftless.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Condition;
import io.driftless.manifest.render.Desired;
import io.driftless.manifest.render.DesiredObject;
import io.driftless.manifest.render.RemoteSources;
import io.driftless.manifest.render.RenderRequest;
import io.driftless.manifest.render.RenderResult;
import io.driftless.manifest.render.Renderer;
import io.driftless.manifest.render.ScopeLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Renders manifests of this machine exactly as the server renders those of Git.
public final class LocalRender {
    private LocalRender() {}

    /// The objects that an Application would deploy, with namespaces and tracking ids.
    ///
    /// @param app its document
    /// @param controlPlane the namespace of the server
    /// @param directory where they lie
    /// @param root what the directory may reach into
    /// @throws IllegalArgumentException saying why there are none
    public static List<ObjectNode> of(JsonNode app, String controlPlane, Path directory, Path root) {
        Path real = real(directory);
        Path realRoot = real(root);
        if (!real.startsWith(realRoot)) {
            throw new IllegalArgumentException(
                    directory + " does not lie in " + root + ": give the root that it lies in");
        }
        ObjectNode source = app.at("/spec/source") instanceof ObjectNode given ? given.deepCopy() : null;
        if (source == null) {
            throw new IllegalArgumentException("the Application has no source whose options could be used");
        }
        source.put("path", realRoot.relativize(real).toString());
        String name = Desired.Target.trackingName(
                controlPlane,
                app.at("/metadata/namespace").asText(""),
                app.at("/metadata/name").asText(""));
        String namespace = app.at("/spec/destination/namespace").asText("");
        RenderRequest request = RenderRequest.of(
                source,
                new RenderRequest.Application(
                        name, namespace, app.at("/spec/project").asText("")));
        return switch (rendered(new LocalFolder(realRoot), request)) {
            case RenderResult.Refused refused -> throw refused(refused.conditions());
            case RenderResult.Rendered rendered ->
                switch (Desired.prepare(
                        rendered.manifests(), new Desired.Target(name, namespace, ScopeLookup.WELL_KNOWN))) {
                    case Desired.Unusable unusable -> throw refused(unusable.conditions());
                    case Desired.Prepared prepared ->
                        prepared.objects().stream().map(DesiredObject::object).toList();
                };
        };
    }

    private static RenderResult rendered(LocalFolder files, RenderRequest request) {
        try {
            return Renderer.render(files, RemoteSources.NONE, request);
        } catch (UncheckedIOException unreadable) {
            throw new IllegalArgumentException("a file cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static IllegalArgumentException refused(List<Condition> conditions) {
        return new IllegalArgumentException(
                conditions.stream().map(Condition::message).collect(Collectors.joining("\n")));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            throw new IllegalArgumentException(path + ": there is no such directory", missing);
        }
    }
}
