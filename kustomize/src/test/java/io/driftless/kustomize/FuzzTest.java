package io.driftless.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.kustomize.node.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// Whatever the files hold, a build ends, and fails with the module's own exception or not at all.
class FuzzTest {
    private static final String BYTES = "\t\n :-{}[]&*!|>'\"%@`#,?~<=\u0000\u00e9\ufeff0x1e$()";

    @Test
    void damagedFilesNeverCrashABuild() throws IOException {
        long seed = Long.getLong("driftless.seed", 17);
        int count = Integer.getInteger("driftless.fuzz", 2_000);
        Random random = new Random(seed);
        CaseMutator mutator = new CaseMutator(Case.golden(), seed);
        for (int i = 0; i < count; i++) {
            Case one = damaged(mutator.next(), random);
            int number = i;
            Assertions.assertTimeout(Duration.ofSeconds(20), () -> build(one, seed, number));
        }
    }

    private static void build(Case one, long seed, int number) {
        try {
            Kustomize.build(one.tree(), one.directory()).yaml();
        } catch (KustomizeException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        } catch (RuntimeException crash) {
            throw new AssertionError("case " + number + " of seed " + seed + " (" + one.name() + ") crashed", crash);
        }
    }

    private static Case damaged(Case one, Random random) {
        Map<String, String> files = new TreeMap<>(one.files());
        String path = files.keySet().stream()
                .skip(random.nextInt(files.size()))
                .findFirst()
                .orElseThrow();
        StringBuilder text = new StringBuilder(files.get(path));
        for (int i = 0; i < 1 + random.nextInt(4) && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, BYTES.charAt(random.nextInt(BYTES.length())));
                case 1 -> text.insert(at, BYTES.charAt(random.nextInt(BYTES.length())));
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
            }
        }
        files.put(path, text.toString());
        return new Case(one.name(), files, one.directory());
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb =
                new StringBuilder("kind: Bomb\nmetadata: {name: a}\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            String last = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(9, last)) + "]\n");
        }
        assertThat(failure(new MemoryTree()
                        .with("kustomization.yaml", "resources: [bomb.yaml]")
                        .with("bomb.yaml", bomb.toString())))
                .contains("excessive aliasing")
                .contains("bomb.yaml");
    }

    @Test
    void endlessNestingIsRefused() {
        assertThat(failure(new MemoryTree()
                        .with("kustomization.yaml", "resources: [deep.yaml]")
                        .with("deep.yaml", "kind: A\nmetadata: {name: a}\nd: " + "[".repeat(50_000))))
                .contains("deep.yaml");
    }

    @Test
    void aHundredNestedBasesBuild() {
        MemoryTree tree = new MemoryTree().with("b0/kustomization.yaml", "resources: [a.yaml]");
        tree.with("b0/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        for (int i = 1; i <= 100; i++) {
            tree.with("b" + i + "/kustomization.yaml", "namePrefix: p\nresources: [../b" + (i - 1) + "]");
        }
        assertThat(Kustomize.build(tree, "b100").yaml()).contains("name: " + "p".repeat(100) + "a");
    }

    @Test
    void aCycleIsNamed() {
        assertThat(failure(new MemoryTree()
                        .with("kustomization.yaml", "resources: [b]")
                        .with("b/kustomization.yaml", "resources: [../]")))
                .contains("cycle detected: candidate root '/' contains visited root '/b'");
    }

    @Test
    void aFileBeyondTheLimitIsNamed() {
        KustomizeOptions small = KustomizeOptions.DEFAULT.withLimits(new Limits(1_000, 10_000, 50, 100, 10, 10, 100));
        MemoryTree tree = new MemoryTree()
                .with("kustomization.yaml", "resources: [large.yaml]")
                .with("large.yaml", "# " + "x".repeat(2_000));
        Assertions.assertThrows(KustomizeException.class, () -> Kustomize.build(tree, "", small));
        assertThat(failure(tree, small)).contains("large.yaml").contains("1000");
    }

    @Test
    void copiesThatMultiplyAreRefused() {
        StringBuilder copies = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            copies.append("- {op: copy, from: /spec, path: /spec/a").append(i).append("}\n");
        }
        assertThat(failure(new MemoryTree()
                        .with(
                                "kustomization.yaml",
                                "resources: [a.yaml]\npatches:\n- target: {kind: A}\n  path: copies.yaml\n")
                        .with("a.yaml", "apiVersion: a/v1\nkind: A\nmetadata: {name: a}\nspec: {x: [1, 2, 3, 4]}\n")
                        .with("copies.yaml", copies.toString())))
                .contains("copies more than");
    }

    @Test
    void aWordOfTenMegabytesIsReadInPassing() {
        MemoryTree tree = new MemoryTree()
                .with("kustomization.yaml", "resources: [a.yaml]")
                .with("a.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nx: " + "y".repeat(10 << 20) + "\n");
        Assertions.assertTimeout(
                Duration.ofSeconds(15),
                () -> assertThat(Kustomize.build(tree, "").yaml()).hasSizeGreaterThan(10 << 20));
    }

    @Test
    void aPathOutOfTheTreeIsRefused() {
        assertThat(failure(new MemoryTree().with("a/kustomization.yaml", "resources: [../../../etc/passwd]"), "a"))
                .contains("../../../etc/passwd");
    }

    private static String failure(MemoryTree tree) {
        return failure(tree, "");
    }

    private static String failure(MemoryTree tree, String directory) {
        return Assertions.assertThrows(
                        KustomizeException.class,
                        () -> Kustomize.build(tree, directory).yaml())
                .getMessage();
    }

    private static String failure(MemoryTree tree, KustomizeOptions options) {
        return Assertions.assertThrows(KustomizeException.class, () -> Kustomize.build(tree, "", options))
                .getMessage();
    }
}
