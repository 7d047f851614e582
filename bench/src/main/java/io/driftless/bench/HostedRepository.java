package io.driftless.bench;

import io.driftless.sandbox.git.GitServer;
import java.util.Map;

/// A repository of the Git host in this process.
record HostedRepository(GitServer server, String name) implements BenchRepository {
    static HostedRepository create(GitServer server, String name) {
        server.create(name);
        return new HostedRepository(server, name);
    }

    @Override
    public String url() {
        return server.url(name).toString();
    }

    @Override
    public String commit(Map<String, byte[]> files, String message) {
        return server.commit(name, "main", message, files);
    }

    @Override
    public void maintain() {
        server.pack(name);
    }
}
