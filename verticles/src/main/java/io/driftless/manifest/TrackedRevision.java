package io.driftless.manifest;

import io.driftless.manifest.git.ReadSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The applications that follow one target revision of one repository, found by the paths they read.
///
/// A settled application is known to render the same at `head` as it did when it was rendered, because
/// nothing that it looked at has changed since. Everything here costs what a commit touches, not how many
/// follow.
final class TrackedRevision {
    private final Map<String, Set<String>> readersByPath = new HashMap<>();
    private final Map<String, ReadSet> settled = new HashMap<>();
    private final Set<String> unsettled = new TreeSet<>();
    private @Nullable String head;

    /// Makes `subject` follow, as one that has to look at the next move of the head whatever it touches.
    synchronized void follow(String subject) {
        if (!settled.containsKey(subject)) {
            unsettled.add(subject);
        }
    }

    /// Says that `subject` was rendered at `revision`, looking at `read`. False when the head has moved
    /// meanwhile, so that the application has to look again.
    synchronized boolean settle(String subject, String revision, ReadSet read) {
        if (head == null) {
            head = revision;
        }
        if (!revision.equals(head)) {
            return false;
        }
        leave(subject);
        settled.put(subject, read);
        read.paths()
                .forEach(path -> readersByPath
                        .computeIfAbsent(path, key -> new HashSet<>())
                        .add(subject));
        return true;
    }

    synchronized void leave(String subject) {
        unsettled.remove(subject);
        ReadSet read = settled.remove(subject);
        if (read != null) {
            for (String path : read.paths()) {
                readersByPath.computeIfPresent(path, (key, readers) -> {
                    readers.remove(subject);
                    return readers.isEmpty() ? null : readers;
                });
            }
        }
    }

    synchronized boolean abandoned() {
        return unsettled.isEmpty() && settled.isEmpty();
    }

    synchronized boolean isSettled(String subject) {
        return settled.containsKey(subject);
    }

    /// What `subject` looked at when it settled; null where it has not.
    synchronized @Nullable ReadSet readSet(String subject) {
        return settled.get(subject);
    }

    /// Who settled on commits of other repositories or files of web servers.
    synchronized Map<String, ReadSet> readersOfRemotes() {
        Map<String, ReadSet> readers = new HashMap<>(settled);
        readers.values().removeIf(read -> read.remotes().isEmpty());
        return readers;
    }

    /// Makes `subject` look again if it still rests on what it read then.
    synchronized boolean unsettle(String subject, ReadSet read) {
        if (settled.get(subject) != read) {
            return false;
        }
        leave(subject);
        unsettled.add(subject);
        return true;
    }

    synchronized @Nullable String head() {
        return head;
    }

    /// Everybody who follows.
    synchronized Set<String> followers() {
        Set<String> all = new TreeSet<>(unsettled);
        all.addAll(settled.keySet());
        return all;
    }

    /// The head moved and these paths differ: who has to look again. They stay unsettled until they have.
    ///
    /// @param same whether a render sees the same at the new head although a path it knows differs
    synchronized Set<String> move(String to, Set<String> changedPaths, Predicate<ReadSet> same) {
        head = to;
        Set<String> affected = new TreeSet<>();
        affected.addAll(readersByPath.getOrDefault(ReadSet.COMMIT, Set.of()));
        for (String path : changedPaths) {
            affected.addAll(readersByPath.getOrDefault(path, Set.of()));
        }
        affected.removeIf(subject -> {
            ReadSet read = settled.get(subject);
            return read != null && same.test(read);
        });
        affected.addAll(unsettled);
        affected.forEach(this::leave);
        unsettled.addAll(affected);
        return affected;
    }
}
