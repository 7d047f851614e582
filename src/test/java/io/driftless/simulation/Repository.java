package io.driftless.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A Git host with one repository and one branch.
public final class Repository {
    public static final String URL = "https://git.example/team/config.git";
    public static final String KEY = "git.example/team/config";
    public static final String BRANCH = "main";

    /// A file that holds one object.
    ///
    /// @param value what the object says; each change gives a number that was never there before
    /// @param readable false for something that is no manifest
    public record File(int value, boolean readable) {}

    /// @param number 0 for the first commit
    public record Commit(String sha, int number, Map<String, File> tree) {}

    private final List<Commit> commits = new ArrayList<>();
    private final Map<String, Commit> bySha = new HashMap<>();
    private boolean reachable = true;

    Repository() {
        push(Map.of());
    }

    public Commit head() {
        return commits.getLast();
    }

    public Commit commit(String sha) {
        Commit found = bySha.get(sha);
        if (found == null) {
            throw new IllegalArgumentException("no commit " + sha);
        }
        return found;
    }

    public boolean reachable() {
        return reachable;
    }

    void reachable(boolean now) {
        reachable = now;
    }

    Commit push(Map<String, File> tree) {
        int number = commits.size();
        Commit commit = new Commit("c0%04d".formatted(number), number, new TreeMap<>(tree));
        commits.add(commit);
        bySha.put(commit.sha(), commit);
        return commit;
    }

    List<Commit> commits() {
        return commits;
    }

    /// Files and folders that differ between two commits, the root among them.
    public Set<String> changedPaths(String before, String after) {
        Map<String, File> old = commit(before).tree();
        Map<String, File> now = commit(after).tree();
        Set<String> changed = new TreeSet<>();
        Set<String> all = new TreeSet<>(old.keySet());
        all.addAll(now.keySet());
        for (String path : all) {
            if (!java.util.Objects.equals(old.get(path), now.get(path))) {
                for (String above = path; !above.isEmpty(); above = parent(above)) {
                    changed.add(above);
                }
                changed.add("");
            }
        }
        return changed;
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /// The folder of an application.
    public static String folder(String application) {
        return "apps/" + application.substring(application.indexOf('/') + 1);
    }

    /// The files of an application at a commit, by name.
    public static Map<String, File> files(Commit commit, String application) {
        Map<String, File> found = new TreeMap<>();
        String prefix = folder(application) + '/';
        commit.tree().forEach((path, file) -> {
            if (path.startsWith(prefix)) {
                found.put(path.substring(prefix.length()), file);
            }
        });
        return found;
    }
}
