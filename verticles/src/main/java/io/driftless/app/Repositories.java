package io.driftless.app;

import io.driftless.cluster.Cluster;
import io.driftless.manifest.RepositoryInspector;
import io.driftless.manifest.git.MirrorSettings;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.RepositoryLogins;
import org.jspecify.annotations.Nullable;

/// Mirrors of repositories, opened with the credentials that Secrets declare.
final class Repositories implements AutoCloseable {
    private final Foundation foundation;
    private @Nullable LabelledSecrets secrets;
    private @Nullable RepositoryInspector inspector;

    Repositories(Foundation foundation) {
        this.foundation = foundation;
    }

    /// @param folder below the data directory; no other process uses it
    RepositoryMirrors mirrors(String folder) {
        ServerOptions options = foundation.options();
        Cluster controlPlane = foundation.clusters().controlPlane();
        LabelledSecrets declared = new LabelledSecrets(controlPlane, options.namespace());
        secrets = declared;
        return new RepositoryMirrors(
                foundation.vertx(),
                options.data().resolve(folder),
                MirrorSettings.defaults(),
                new SecretCredentials(new RepositoryLogins(declared)));
    }

    /// For a process without the manifest stage: made when somebody asks for the first time.
    synchronized RepositoryInspector inspector() {
        RepositoryInspector made = inspector;
        if (made == null) {
            ServerOptions options = foundation.options();
            made = RepositoryInspector.alone(
                    foundation.vertx(), mirrors("mirrors-api"), new HostRule(options.privateFileHosts()));
            inspector = made;
        }
        return made;
    }

    @Override
    public synchronized void close() throws Exception {
        if (inspector != null) {
            inspector.close();
        }
        if (secrets != null) {
            secrets.close();
        }
    }
}
