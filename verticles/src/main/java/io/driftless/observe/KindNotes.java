package io.driftless.observe;

import io.driftless.events.GroupKind;
import java.util.Collection;

/// Notes down what the watcher of one kind has to report.
record KindNotes(GroupKind kind, Collection<Note> notes) implements KindWatcher.Events {
    @Override
    public void complete() {
        notes.add(new Note.Complete(kind));
    }

    @Override
    public void unreachable(String reason, long sinceMillis) {
        notes.add(new Note.Failing(reason, sinceMillis));
    }

    @Override
    public void reachable() {
        notes.add(new Note.Reachable());
    }

    @Override
    public void lost(Throwable reason) {
        notes.add(new Note.Lost(kind, String.valueOf(reason)));
    }
}
