package io.driftless.manifest.git;

import static io.driftless.manifest.git.GitClient.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packs as the `git` client makes them, taken in by a mirror.
class MirrorStoreTest {
    private static final String MAIN = "refs/heads/main";

    @TempDir
    Path temp;

    private Path work;
    private MirrorStore store;

    @BeforeEach
    void start() throws Exception {
        work = Files.createDirectory(temp.resolve("work"));
        git(work, "init", "-q", "-b", "main");
        store = open();
    }

    private MirrorStore open() {
        return MirrorStore.open(temp.resolve("mirror"), "https://git.example/r", MirrorSettings.defaults());
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void whatArrivesIsReadBeforeItIsOnDiskAndAfterwards() throws Exception {
        Random random = new Random(7);
        String old = "";
        for (int round = 0; round < 12; round++) {
            String head = commit(random, round);
            store.receive(sideBand(pack(head, old)));

            List<ObjectId> arrived = objects(head, old);
            assertThat(arrived).hasSizeGreaterThan(2);
            assertThat(onDisk(arrived)).isEmpty();
            assertReadable(arrived);
            if (random.nextBoolean()) {
                store.settle();
                assertThat(onDisk(arrived)).hasSameElementsAs(arrived);
                assertReadable(arrived);
            }
            old = head;
        }
        store.settle();
        assertReadable(objects(old, ""));
        assertThat(onDisk(objects(old, ""))).hasSameElementsAs(objects(old, ""));
    }

    @Test
    void refsAreKnownAtOnceAndWrittenWithTheirObjects() throws Exception {
        String head = commit(new Random(1), 0);
        store.receive(sideBand(pack(head, "")));
        ObjectId id = ObjectId.fromString(head);
        store.refs().remember(List.of(new ReceiveCommand(ObjectId.zeroId(), id, MAIN)));

        assertThat(store.refs().haves()).containsExactly(id);
        store.settle();
        store.close();
        store = open();
        assertThat(store.refs().haves()).containsExactly(id);
        assertReadable(objects(head, ""));

        store.refs().remember(List.of(new ReceiveCommand(id, ObjectId.zeroId(), MAIN)));
        assertThat(store.refs().haves()).isEmpty();
        store.settle();
        assertThat(store.repository().exactRef(MAIN)).isNull();
    }

    @Test
    void aBigPackGoesToDiskAndMayBuildOnWhatIsInMemory() throws Exception {
        Random random = new Random(3);
        String small = commit(random, 0);
        store.receive(sideBand(pack(small, "")));
        byte[] noise = new byte[2 << 20];
        random.nextBytes(noise);
        Files.write(work.resolve("noise"), noise);
        String big = commit(random, 1);
        store.receive(sideBand(pack(big, small)));

        assertThat(onDisk(objects(big, ""))).hasSameElementsAs(objects(big, ""));
        assertReadable(objects(big, ""));
    }

    @Test
    void aSmallPackThatUnfoldsToMuchGoesToDisk() throws Exception {
        Files.write(work.resolve("zeros"), new byte[20 << 20]);
        String head = commit(new Random(3), 0);
        store.receive(sideBand(pack(head, "")));

        assertThat(onDisk(objects(head, ""))).hasSameElementsAs(objects(head, ""));
        assertReadable(objects(head, ""));
    }

    @Test
    void aDamagedPackIsRefusedAndLeavesNothing() throws Exception {
        String head = commit(new Random(5), 0);
        byte[] pack = pack(head, "");
        for (int at = 0; at < pack.length; at += 17) {
            byte[] damaged = pack.clone();
            damaged[at] ^= 0x41;
            assertThatThrownBy(() -> store.receive(sideBand(damaged))).isInstanceOf(IOException.class);
        }
        assertThat(store.missing(objects(head, ""))).hasSameElementsAs(objects(head, ""));
    }

    @Test
    void anAbbreviatedIdFindsWhatIsInMemory() throws Exception {
        String head = commit(new Random(5), 0);
        store.receive(sideBand(pack(head, "")));
        try (ObjectReader reader = store.newReader()) {
            assertThat(reader.resolve(AbbreviatedObjectId.fromString(head.substring(0, 12))))
                    .containsExactly(ObjectId.fromString(head));
            assertThatThrownBy(() -> reader.open(ObjectId.zeroId())).isInstanceOf(MissingObjectException.class);
        }
    }

    private String commit(Random random, int round) throws Exception {
        for (int i = 0; i < 4; i++) {
            Path file = work.resolve("d" + random.nextInt(3)).resolve("f" + random.nextInt(3));
            Files.createDirectories(file.getParent());
            StringBuilder text = new StringBuilder(Files.exists(file) ? Files.readString(file) : "");
            for (int line = 0; line < 60; line++) {
                text.append(random.nextLong()).append('\n');
            }
            Files.writeString(file, text);
        }
        git(work, "add", "-A");
        git(work, "commit", "-q", "-m", "round " + round);
        return git(work, "rev-parse", "HEAD");
    }

    private byte[] pack(String head, String old) throws Exception {
        Path revisions =
                Files.writeString(temp.resolve("revisions"), head + '\n' + (old.isEmpty() ? "" : '^' + old + '\n'));
        Path packed = temp.resolve("packed");
        Process process = new ProcessBuilder(
                        "git", "pack-objects", "--revs", "--thin", "--delta-base-offset", "--stdout", "-q")
                .directory(work.toFile())
                .redirectInput(revisions.toFile())
                .redirectOutput(packed.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllBytes(packed);
    }

    private List<ObjectId> objects(String head, String old) throws Exception {
        List<String> command = new ArrayList<>(List.of("rev-list", "--objects", "--no-object-names", head));
        if (!old.isEmpty()) {
            command.add('^' + old);
        }
        return git(work, command.toArray(new String[0]))
                .lines()
                .map(ObjectId::fromString)
                .toList();
    }

    private List<ObjectId> onDisk(List<ObjectId> ids) throws IOException {
        List<ObjectId> found = new ArrayList<>();
        try (ObjectReader reader = store.repository().newObjectReader()) {
            for (ObjectId id : ids) {
                if (reader.has(id)) {
                    found.add(id);
                }
            }
        }
        return found;
    }

    private void assertReadable(List<ObjectId> ids) throws IOException {
        assertThat(store.missing(ids)).isEqualTo(Set.of());
        try (ObjectReader reader = store.newReader();
                ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
            for (ObjectId id : ids) {
                ObjectLoader object = reader.open(id);
                assertThat(hash.idFor(object.getType(), object.getBytes())).isEqualTo(id);
            }
        }
    }

    private static ByteArrayInputStream sideBand(byte[] pack) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < pack.length; at += 8_000) {
            int length = Math.min(8_000, pack.length - at);
            out.write(String.format("%04x", length + 5).getBytes(StandardCharsets.US_ASCII));
            out.write(1);
            out.write(pack, at, length);
        }
        out.write("0000".getBytes(StandardCharsets.US_ASCII));
        return new ByteArrayInputStream(out.toByteArray());
    }
}
