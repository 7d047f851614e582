package io.driftless.manifest.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/// JGit's own transport: every protocol version, folders of this machine, and whatever is unusual.
final class JGitSession implements RemoteSession {
    private final String url;
    private final MirrorStore store;
    private final Transport transport;
    private final FetchConnection connection;

    JGitSession(
            String url,
            String address,
            @Nullable Credentials credentials,
            MirrorStore store,
            FetchPlan plan,
            int seconds)
            throws IOException {
        this.url = url;
        this.store = store;
        store.settle(); // JGit sees only what is on disk
        try {
            this.transport = Transport.open(store.repository(), new URIish(address));
        } catch (URISyntaxException e) {
            throw new GitException.NotSupported("repoURL '" + url + "' is not an address: " + e.getReason());
        }
        transport.setTimeout(seconds);
        if (credentials != null) {
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(credentials.username(), credentials.password()));
        }
        try {
            this.connection = transport.openFetch(specs(plan));
        } catch (TransportException e) {
            transport.close();
            throw translated(url, e);
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private static List<RefSpec> specs(FetchPlan plan) {
        List<RefSpec> specs = new ArrayList<>();
        if (plan.everything()) {
            specs.add(new RefSpec("+refs/heads/*:refs/heads/*"));
            specs.add(new RefSpec("+refs/tags/*:refs/tags/*"));
            specs.add(new RefSpec("+HEAD:HEAD"));
        }
        plan.refs().forEach(ref -> specs.add(new RefSpec("+" + ref + ":" + ref)));
        return specs;
    }

    @Override
    public Listing list() {
        Map<String, ObjectId> refs = new HashMap<>();
        for (Ref ref : connection.getRefs()) {
            if (ref.getObjectId() != null && ref.getName().startsWith(Constants.R_REFS)) {
                refs.put(ref.getName(), ref.getObjectId());
            }
        }
        Ref head = connection.getRef(Constants.HEAD);
        if (head == null) {
            return new Listing(refs, null, null);
        }
        String target = head.isSymbolic() ? head.getTarget().getName() : guess(refs, head.getObjectId());
        return new Listing(refs, target, head.getObjectId());
    }

    /// Servers of old do not tell what `HEAD` names; like Git, take the usual branch that has its commit.
    private static @Nullable String guess(Map<String, ObjectId> refs, @Nullable ObjectId id) {
        for (String usual : List.of("refs/heads/main", "refs/heads/master")) {
            if (id != null && id.equals(refs.get(usual))) {
                return usual;
            }
        }
        return null;
    }

    @Override
    public Fetched.Way fetch(Set<ObjectId> wants) throws IOException {
        List<Ref> refs = new ArrayList<>();
        for (ObjectId id : wants) {
            refs.add(new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id));
        }
        try {
            connection.fetch(new Patience(), refs, new HashSet<>(store.refs().haves()));
        } catch (TransportException e) {
            throw translated(url, e);
        }
        return Fetched.Way.JGIT;
    }

    /// Ends the work when the exchange was given up.
    private static final class Patience extends EmptyProgressMonitor {
        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted();
        }
    }

    static RuntimeException translated(String url, TransportException failed) {
        String what = String.valueOf(failed.getMessage()).replaceAll("//[^/@\\s]*@", "//");
        if (failed instanceof NoRemoteRepositoryException) {
            return new GitException.RepositoryUnreachable(url, what, "check that it exists", failed);
        }
        String lower = what.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("not authorized") || lower.contains("authentication") || lower.contains("not permitted")) {
            return new GitException.AuthenticationFailed(url, what);
        }
        return new GitException.RepositoryUnreachable(url, what, "it is tried again", failed);
    }

    @Override
    public void close() {
        connection.close();
        transport.close();
    }
}
