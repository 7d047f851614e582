package io.driftless.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Any repository that the `git` client of this machine may push to.
record PushedRepository(String url, Path checkout) implements BenchRepository {
    static PushedRepository open(String url, Path work) throws IOException, InterruptedException {
        Path checkout = work.resolve("workload");
        Commands.run(work, "git", "clone", "-q", url, checkout.toString());
        return new PushedRepository(url, checkout);
    }

    @Override
    public String commit(Map<String, byte[]> files, String message) throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = checkout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Commands.run(checkout, "git", "add", "-A");
        Commands.run(
                checkout,
                "git",
                "-c",
                "user.name=Driftless bench",
                "-c",
                "user.email=bench@driftless.example",
                "commit",
                "-q",
                "-m",
                message);
        Commands.run(checkout, "git", "push", "-q", "origin", "HEAD:main");
        return Commands.run(checkout, "git", "rev-parse", "HEAD").strip();
    }
}
