package io.driftless.cli.kustomize.remote;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.Repository;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/// Git without the client: addresses of HTTP and of this machine's folders, with passwords of the address or of
/// `.netrc`. Keys and submodules need the client.
final class JGitCheckout implements Checkout {
    private static final String FETCHED = "refs/driftless/base";

    @Override
    public void fetch(Repository repository, Path folder) throws IOException {
        String lower = repository.url().toLowerCase(Locale.ROOT);
        if (Stream.of("http://", "https://", "file://").noneMatch(lower::startsWith)) {
            throw new KustomizeException("the remote base '" + repository.raw()
                    + "' is fetched over SSH, which needs the git client: install git, or use the https address");
        }
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            fetch(git, repository);
        } catch (GitAPIException | TransportException | URISyntaxException failed) {
            throw new KustomizeException("failed to fetch '" + shown(repository) + "': " + failed.getMessage(), failed);
        }
        if (repository.submodules() && Files.exists(folder.resolve(".gitmodules"))) {
            throw new KustomizeException("the remote base '" + repository.raw() + "' has submodules, which need the git"
                    + " client: install git, or add 'submodules=false' to the address");
        }
    }

    private static void fetch(Git git, Repository repository) throws IOException, URISyntaxException, GitAPIException {
        try (Transport transport = Transport.open(git.getRepository(), new URIish(repository.url()))) {
            transport.setCredentialsProvider(new NetRCCredentialsProvider());
            transport.setTimeout((int) Math.max(1, repository.timeout().toSeconds()));
            transport.setDepth(1);
            transport.fetch(
                    new Patience(System.nanoTime() + repository.timeout().toNanos()),
                    List.of(new RefSpec()
                            .setSource(source(transport, repository))
                            .setDestination(FETCHED)));
        }
        // A fetch of a commit by its id writes no ref.
        String fetched = ObjectId.isId(repository.ref()) ? repository.ref() : FETCHED;
        ObjectId commit = git.getRepository().resolve(fetched + "^{commit}");
        if (commit == null) {
            throw new KustomizeException(notFound(repository));
        }
        git.checkout().setName(commit.name()).call();
    }

    /// What the host calls the ref: a commit, or the first of the names that Git tries.
    private static String source(Transport transport, Repository repository) throws IOException {
        String ref = repository.ref().isEmpty() ? "HEAD" : repository.ref();
        if (ObjectId.isId(ref)) {
            return ref;
        }
        try (FetchConnection connection = transport.openFetch()) {
            Map<String, Ref> refs = connection.getRefsMap();
            return Stream.of("", "refs/", "refs/tags/", "refs/heads/")
                    .map(prefix -> prefix + ref)
                    .filter(refs::containsKey)
                    .findFirst()
                    .orElseThrow(() -> new KustomizeException(notFound(repository)));
        }
    }

    private static String notFound(Repository repository) {
        return "failed to fetch '" + shown(repository) + "': couldn't find remote ref "
                + (repository.ref().isEmpty() ? "HEAD" : repository.ref());
    }

    private static String shown(Repository repository) {
        return repository.url().replaceFirst("//[^/@]*@", "//");
    }

    /// Ends the download when its time is over.
    private static final class Patience extends EmptyProgressMonitor {
        private final long deadline;

        Patience(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public boolean isCancelled() {
            return System.nanoTime() - deadline > 0;
        }
    }
}
