package io.driftless.notification;

import java.util.ArrayList;
import java.util.List;

/// The news that the tables give when they are read again after a restart. Tables that were not compacted yet repeat
/// what happened long ago, also what was told long ago.
///
/// @param items what may still have to be told, in order
record Backlog(List<News> items) {
    static final Backlog NONE = new Backlog(List.of());

    Backlog {
        items = List.copyOf(items);
    }

    /// Of states that last only the one that holds now counts.
    static Backlog of(List<News> news, ApplicationView view) {
        List<News> items = new ArrayList<>();
        for (News item : news) {
            if (item.trigger().state()) {
                items.removeIf(earlier -> earlier.trigger() == item.trigger());
                if (!view.holds(item.trigger())) {
                    continue;
                }
            }
            items.add(item);
        }
        return new Backlog(items);
    }

    /// Whether a transition that came after this one was told already: notifications of a kind are told in order, so
    /// this one was told or given up before.
    boolean overtaken(News item, String told) {
        int last = -1;
        for (int i = 0; i < items.size(); i++) {
            News other = items.get(i);
            last = other.trigger() == item.trigger() && other.transition().equals(told) ? i : last;
        }
        return items.indexOf(item) < last;
    }
}
