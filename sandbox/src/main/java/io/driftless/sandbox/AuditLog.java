package io.driftless.sandbox;

import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.model.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every write that was stored, in the order of versions: the last ones in memory and, where a file is named, all of
/// them there, one line of JSON each. What was refused or only tried is not in it.
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private final int limit;
    private final ArrayDeque<AuditEntry> last = new ArrayDeque<>();
    private @Nullable BufferedWriter file;

    /// @param limit how many entries are kept in memory
    /// @param path of a file that is written anew; null for none
    /// @throws IOException where the file cannot be written
    AuditLog(int limit, @Nullable Path path) throws IOException {
        this.limit = limit;
        this.file = path == null ? null : Files.newBufferedWriter(path);
    }

    /// Under the store's lock.
    synchronized void changed(Event event) {
        Stored before = event.before();
        AuditEntry entry = new AuditEntry(
                Json.now(),
                event.author().client(),
                event.author().verb(),
                event.author().manager(),
                event.key().type(),
                event.key().namespace(),
                event.key().name(),
                event.object().uid(),
                before == null ? 0 : before.version(),
                event.version(),
                event.change() == Change.DELETED);
        last.addLast(entry);
        if (last.size() > limit) {
            last.removeFirst();
        }
        if (file != null) {
            write(file, entry);
        }
    }

    private void write(BufferedWriter out, AuditEntry entry) {
        try {
            out.write(entry.json().toString());
            out.write('\n');
        } catch (IOException e) {
            LOG.error("the audit log ends here, its file cannot be written", e);
            file = null;
        }
    }

    /// The entries after a version that are still in memory, the oldest first.
    public synchronized List<AuditEntry> since(long version) {
        List<AuditEntry> out = new ArrayList<>();
        var newestFirst = last.descendingIterator();
        while (newestFirst.hasNext()) {
            AuditEntry entry = newestFirst.next();
            if (entry.after() <= version) {
                break;
            }
            out.add(entry);
        }
        return out.reversed();
    }

    /// Writes out what the file still lacks.
    public synchronized void flush() throws IOException {
        if (file != null) {
            file.flush();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } catch (IOException e) {
            LOG.error("the end of the audit log cannot be written", e);
        }
    }
}
