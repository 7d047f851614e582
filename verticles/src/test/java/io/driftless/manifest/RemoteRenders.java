package io.driftless.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.git.Credentials;
import io.driftless.manifest.git.MirrorSettings;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import io.driftless.redact.SealKey;
import io.driftless.sandbox.git.GitServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Renders of the application `argocd/shop`, the folder `o` of the repository `config`, whose kustomization reads what
/// lies elsewhere.
final class RemoteRenders implements AutoCloseable {
    static final String APP = "argocd/shop";
    private final Vertx vertx = Vertx.vertx();
    private final Set<String> told = new TreeSet<>();
    private final GitServer server;
    private final RepositoryMirrors mirrors;
    private WebFiles files;
    private RemoteBaseWatch watch;
    private ManifestPerformer performer;

    RemoteRenders(Path temp, HostRule hosts, WebFiles.Settings web) {
        server = GitServer.start(vertx, "127.0.0.1", 0, temp.resolve("served"));
        server.create("config");
        mirrors = new RepositoryMirrors(
                vertx,
                temp.resolve("mirrors"),
                MirrorSettings.defaults().withMissRefresh(Duration.ZERO),
                Credentials.Source.NONE);
        restart(hosts, web);
    }

    /// As after a restart with other settings: mirrors stay, what was read is forgotten.
    void restart(HostRule hosts, WebFiles.Settings web) {
        if (files != null) {
            files.close();
        }
        files = new WebFiles(vertx, hosts, web);
        RemoteStates states = new RemoteStates(new RemoteCommits(mirrors), files);
        RepositoryIndex index = new RepositoryIndex();
        watch = new RemoteBaseWatch(states, index, (subject, news) -> told.add(subject));
        SealKey key = SealKey.of(new byte[32]);
        performer = new ManifestPerformer(
                mirrors,
                states,
                index,
                new HeadComparison((subject, news) -> {}),
                server -> {
                    throw new ClusterUnreachableException(server);
                },
                new Manifests(new Redaction(key), new Seal(key)),
                "argocd");
    }

    GitServer server() {
        return server;
    }

    /// How many files web servers were asked for.
    long webRequests() {
        return files.requests();
    }

    /// The applications that are told, by one look at what they read elsewhere, that it moved.
    Set<String> toldByALook() {
        told.clear();
        watch.look();
        return Set.copyOf(told);
    }

    /// Commits the kustomization and returns the commit.
    String config(String kustomization) {
        return server.commit("config", "main", "config", Map.of("o/kustomization.yaml", text(kustomization)));
    }

    /// @param rendered the commit that was rendered last; null for none
    ManifestNews render(@Nullable String rendered) {
        return render(APP, "config", "o", rendered);
    }

    ManifestNews render(String application, String repository, String path, @Nullable String rendered) {
        return performer.perform(application, new RenderTask(declared(repository, path), null, rendered, "", 0));
    }

    private ApplicationDeclared declared(String repository, String path) {
        String url = server.url(repository).toString();
        ApplicationSpec spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source(url, path, "main", null, null),
                new ApplicationSpec.Destination("https://kubernetes.default.svc", "", "prod"),
                null,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("source").put("repoURL", url).put("path", path);
        return new ApplicationDeclared(ApplicationName.parse(APP), "u1", 1, spec, document, Map.of(), List.of(), false);
    }

    /// What the ConfigMap of [#map] holds that was rendered.
    static String value(ManifestNews news) {
        assertThat(news).isInstanceOf(Rendered.class);
        return ((Rendered) news).resources().getFirst().manifest().at("/data/v").asText();
    }

    static String map(String value) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: " + value + "}}";
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        files.close();
        mirrors.close();
        server.close();
        vertx.close().await();
    }
}
