package io.driftless.kustomize.build;

import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.FileTree.Entry;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases;
import io.driftless.kustomize.RemoteBases.Repository;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the files of one kustomization's directory and opens the directories it includes, within the rules: files lie
/// in or below the directory, directories do not include themselves, a repository's bases stay in the repository.
public final class Loader {
    private final Budget budget;
    private final FileTree tree;
    private final String root;
    private final boolean anyFile;
    private final @Nullable Loader referrer;
    private final @Nullable Repository repository;
    private final RemoteBases remote;

    private Loader(
            Budget budget,
            FileTree tree,
            String root,
            boolean anyFile,
            @Nullable Loader referrer,
            @Nullable Repository repository,
            RemoteBases remote) {
        this.budget = budget;
        this.tree = tree;
        this.root = root;
        this.anyFile = anyFile;
        this.referrer = referrer;
        this.repository = repository;
        this.remote = remote;
    }

    /// The loader of the directory that is built.
    public static Loader at(FileTree tree, String directory, boolean anyFile, RemoteBases remote, Budget budget) {
        String clean = TreePath.join("", directory);
        if (clean == null) {
            throw notADirectory(directory + "' is outside of the tree");
        }
        return new Loader(budget, tree, confirm(tree, clean), anyFile, null, null, remote);
    }

    /// The loader of a directory of a repository, where that is what is built.
    static Loader at(Repository repository, RemoteBases remote, Budget budget) {
        return cloned(repository, null, remote, budget);
    }

    public Budget budget() {
        return budget;
    }

    public FileTree tree() {
        return tree;
    }

    /// The directory's path in the tree.
    public String path() {
        return root;
    }

    /// The directory as messages call it.
    public String root() {
        return tree.display(root);
    }

    private static String confirm(FileTree tree, String path) {
        String real = tree.resolve(path);
        Entry entry = real == null ? Entry.MISSING : tree.look(real);
        return switch (entry) {
            case DIRECTORY -> real == null ? path : real;
            case FILE ->
                throw new KustomizeException(
                        "must build at directory: '" + tree.display(path) + "': file is not directory");
            case MISSING -> throw notADirectory(missing(tree, path).getMessage());
        };
    }

    private static KustomizeException missing(FileTree tree, String path) {
        return new KustomizeException("evalsymlink failure on '" + tree.display(path) + "' : lstat "
                + tree.display(firstMissing(tree, path)) + ": no such file or directory");
    }

    private static String firstMissing(FileTree tree, String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            if (tree.look(above) == Entry.MISSING) {
                return above;
            }
        }
        return path;
    }

    private static KustomizeException notADirectory(@Nullable String problem) {
        return new KustomizeException("must build at directory: not a valid directory: " + problem);
    }

    /// The loader of a directory or repository that this kustomization includes.
    public Loader open(String path) {
        if (path.isEmpty()) {
            throw new KustomizeException("new root cannot be empty");
        }
        budget.enter(depth() + 1, path);
        Repository found = RepositoryUrl.parse(path);
        if (found != null) {
            return clone(found);
        }
        if (path.startsWith("/")) {
            throw new KustomizeException("new root '" + path + "' cannot be absolute");
        }
        String joined = TreePath.join(root, path);
        if (joined == null) {
            Loader cloned = containing();
            throw cloned == null
                    ? notADirectory("'" + path + "' leads out of the tree from '" + root() + "'")
                    : new KustomizeException(
                            "security; bases in kustomizations found in cloned git repos must be within the"
                                    + " repo, but base '" + path + "' is outside '" + cloned.tree.display("") + "'");
        }
        String real = confirm(tree, joined);
        for (Loader at = this; at != null && at.tree == tree; at = at.referrer) {
            if (TreePath.contains(real, at.root)) {
                throw new KustomizeException("cycle detected: candidate root '" + tree.display(real)
                        + "' contains visited root '" + at.root() + "'");
            }
        }
        return new Loader(budget, tree, real, anyFile, this, null, remote);
    }

    private int depth() {
        int depth = 0;
        for (Loader at = referrer; at != null; at = at.referrer) {
            depth++;
        }
        return depth;
    }

    private @Nullable Loader containing() {
        for (Loader at = this; at != null; at = at.referrer) {
            if (at.repository != null) {
                return at;
            }
        }
        return null;
    }

    private Loader clone(Repository found) {
        for (Loader at = this; at != null; at = at.referrer) {
            if (at.repository != null && at.repository.raw().startsWith(found.raw())) {
                throw new KustomizeException("cycle detected: URI '" + found.raw() + "' referenced by previous URI '"
                        + at.repository.raw() + "'");
            }
        }
        return cloned(found, this, remote, budget);
    }

    /// Files outside of their directory stay out of reach in a repository, whatever the options say.
    private static Loader cloned(Repository found, @Nullable Loader referrer, RemoteBases remote, Budget budget) {
        FileTree tree = remote.repository(found);
        String joined = TreePath.join("", found.path());
        String path = joined == null ? found.path() : joined;
        String real = tree.resolve(path);
        switch (real == null ? Entry.MISSING : tree.look(real)) {
            case DIRECTORY -> {}
            case FILE ->
                throw new KustomizeException("'" + tree.display(path) + "' refers to file '" + TreePath.name(path)
                        + "'; expecting directory");
            case MISSING -> throw missing(tree, path);
        }
        return new Loader(budget, tree, real == null ? path : real, false, referrer, found, remote);
    }

    /// The content of a file named by the kustomization.
    public byte[] load(String path) {
        byte[] content = RepositoryUrl.isWeb(path) ? remote.file(path) : tree.read(locate(path));
        budget.read(path, content.length);
        return content;
    }

    /// The content as text.
    public String text(String path) {
        return decode(load(path));
    }

    static String decode(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// The text of a file that may be missing, as the kustomization file under one of its names.
    @Nullable
    String optionalText(String name) {
        String joined = TreePath.join(root, name);
        if (joined == null || tree.look(joined) != Entry.FILE) {
            return null;
        }
        try {
            return text(name);
        } catch (Budget.Exceeded exceeded) {
            throw exceeded;
        } catch (KustomizeException outside) {
            return null;
        }
    }

    private String locate(String path) {
        String joined = path.startsWith("/") ? TreePath.join("", path) : TreePath.join(root, path);
        if (joined == null) {
            throw new KustomizeException("security; file '" + path + "' is not in or below '" + root() + "'");
        }
        String real = tree.resolve(joined);
        Entry entry = real == null ? Entry.MISSING : tree.look(real);
        if (real == null || entry == Entry.MISSING) {
            throw missing(tree, joined);
        }
        if (entry == Entry.DIRECTORY) {
            throw new KustomizeException("'" + tree.display(joined) + "' must resolve to a file");
        }
        if (!anyFile && !TreePath.contains(root, TreePath.parent(real))) {
            throw new KustomizeException(
                    "security; file '" + tree.display(joined) + "' is not in or below '" + root() + "'");
        }
        return real;
    }
}
