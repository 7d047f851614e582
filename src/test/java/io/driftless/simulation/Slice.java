package io.driftless.simulation;

import io.driftless.events.RecordKey;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an instance knows of one partition number: the same as the runtime's class of this name.
final class Slice<T, O> {
    final int partition;
    private final Function<String, Logic<T, O>> logics;
    final Map<String, Subject<T, O>> subjects = new LinkedHashMap<>();
    private final Map<String, Fact> everyone = new LinkedHashMap<>();
    final Map<Integer, Long> unread = new HashMap<>();
    final Deque<Held> held = new ArrayDeque<>();
    final List<Runnable> heldNews = new ArrayList<>();
    boolean ready;
    boolean dropped;

    record Held(int place, Log.Entry entry) {}

    Slice(int partition, Function<String, Logic<T, O>> logics) {
        this.partition = partition;
        this.logics = logics;
    }

    void fold(Fact fact, Set<Subject<T, O>> touched) {
        String name = RecordKey.subject(fact.key());
        if (!name.equals(RecordKey.EVERYONE)) {
            Subject<T, O> subject = subject(name);
            touched.add(subject);
            subject.logic.fold(fact);
            return;
        }
        String key = fact.topic() + fact.key();
        if (fact.envelope() == null) {
            everyone.remove(key);
        } else {
            everyone.put(key, fact);
        }
        for (Subject<T, O> subject : subjects.values()) {
            touched.add(subject);
            subject.logic.fold(fact);
        }
    }

    Subject<T, O> subject(String name) {
        Subject<T, O> known = subjects.get(name);
        if (known == null) {
            known = new Subject<>(this, name, logics.apply(name));
            subjects.put(name, known);
            everyone.values().forEach(known.logic::fold);
        }
        return known;
    }

    /// A subject, its logic, and what is under way for it.
    static final class Subject<T, O> {
        final Slice<T, O> slice;
        final String name;
        final Logic<T, O> logic;
        final Deque<T> waiting = new ArrayDeque<>();
        int unacknowledged;
        int tasks;

        java.time.@Nullable Instant wakeAt;

        Subject(Slice<T, O> slice, String name, Logic<T, O> logic) {
            this.slice = slice;
            this.name = name;
            this.logic = logic;
        }

        boolean idle() {
            return tasks == 0 && wakeAt == null && waiting.isEmpty() && unacknowledged == 0;
        }
    }
}
