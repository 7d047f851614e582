package io.driftless.manifest.git;

import io.driftless.manifest.git.HttpWire.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Protocol version 2 in as few round trips as possible.
///
/// When a push names its commit, the pack is asked for at the same time as the list of refs. It is
/// unpacked only after the list has confirmed that commit; a forged or late hint costs one
/// cancelled request.
final class FastSession implements RemoteSession {
    private static final int MAX_REFS = 1_000_000;

    private final HttpHost host;
    private final MirrorStore store;
    private final Set<ObjectId> guess;
    private final @Nullable CompletableFuture<Answer> listing;
    private @Nullable CompletableFuture<Answer> speculation;

    FastSession(HttpHost host, MirrorStore store, FetchPlan plan) throws IOException {
        this.host = host;
        this.store = store;
        host.requireVersionTwo();
        this.guess =
                store.missing(plan.expected().stream().map(ObjectId::fromString).toList());
        this.listing = plan.listsNothing() ? null : host.post(lsRefs(plan));
        Set<ObjectId> haves = guess.isEmpty() ? Set.of() : store.refs().haves();
        // Without anything to build on, a guess would be the whole repository.
        this.speculation = haves.isEmpty() ? null : host.post(fetchRequest(guess, haves));
    }

    private static byte[] lsRefs(FetchPlan plan) {
        var request = new PacketLines.Request()
                .line("command=ls-refs")
                .line("object-format=sha1")
                .delimiter()
                .line("symrefs");
        if (plan.everything()) {
            request.line("ref-prefix HEAD").line("ref-prefix refs/heads/").line("ref-prefix refs/tags/");
        }
        plan.refs().forEach(ref -> request.line("ref-prefix " + ref));
        return request.flush();
    }

    private static byte[] fetchRequest(Set<ObjectId> wants, Set<ObjectId> haves) {
        var request = new PacketLines.Request()
                .line("command=fetch")
                .line("object-format=sha1")
                .delimiter()
                .line("thin-pack")
                .line("ofs-delta")
                .line("no-progress");
        wants.forEach(id -> request.line("want " + id.name()));
        haves.forEach(id -> request.line("have " + id.name()));
        return request.line("done").flush();
    }

    @Override
    public Listing list() throws IOException {
        Map<String, ObjectId> refs = new HashMap<>();
        String head = null;
        ObjectId headId = null;
        if (listing == null) {
            return new Listing(refs, null, null);
        }
        try (InputStream in = host.result(listing)) {
            for (var packet = PacketLines.read(in); packet != null && !packet.isMark(); packet = PacketLines.read(in)) {
                String[] parts = packet.text().split(" ");
                if (parts[0].equals("ERR") || parts.length < 2 || !ObjectId.isId(parts[0])) {
                    throw new FastPathUnavailable("the host answered ls-refs with an error", null);
                }
                if (parts[1].equals("HEAD")) {
                    headId = ObjectId.fromString(parts[0]);
                    for (int i = 2; i < parts.length; i++) {
                        head = parts[i].startsWith("symref-target:") ? parts[i].substring(14) : head;
                    }
                } else if (refs.size() < MAX_REFS) {
                    refs.put(parts[1], ObjectId.fromString(parts[0]));
                } else {
                    throw new GitException.TooLarge(host.base().toString(), "more than " + MAX_REFS + " refs");
                }
            }
        }
        return new Listing(refs, head, headId);
    }

    @Override
    public Fetched.Way fetch(Set<ObjectId> wants) throws IOException {
        if (speculation != null && guess.containsAll(wants)) {
            try {
                var answer = speculation;
                speculation = null;
                receive(answer);
                if (store.missing(wants).isEmpty()) {
                    return Fetched.Way.SPECULATIVE;
                }
            } catch (PackStream.Oversized e) {
                throw e;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // One of the guesses was refused; the confirmed ones are asked for by themselves.
            }
        }
        receive(host.post(fetchRequest(wants, store.refs().haves())));
        return Fetched.Way.DIRECT;
    }

    private void receive(CompletableFuture<Answer> answer) throws IOException {
        try (InputStream in = host.result(answer)) {
            for (var packet = PacketLines.read(in); ; packet = PacketLines.read(in)) {
                if (packet == null || packet.text().startsWith("ERR ")) {
                    throw new FastPathUnavailable("the host refused the commit", null);
                }
                if (packet.text().equals("packfile")) {
                    store.receive(in);
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        if (speculation != null) {
            HttpHost.drop(speculation);
            speculation = null;
        }
    }
}
