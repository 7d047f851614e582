package io.driftless.manifest.git;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// One exchange with a host: first its refs, then the objects that are missing.
interface RemoteSession extends AutoCloseable {
    /// @param refs full name → id, at least of the refs the plan covers
    /// @param head what `HEAD` names, if the host said so
    record Listing(
            Map<String, ObjectId> refs,
            @Nullable String head,
            @Nullable ObjectId headId) {}

    Listing list() throws IOException;

    /// Brings `wants` and everything they need into the mirror.
    Fetched.Way fetch(Set<ObjectId> wants) throws IOException;

    @Override
    void close();
}
