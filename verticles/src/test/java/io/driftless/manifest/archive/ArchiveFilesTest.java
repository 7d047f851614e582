package io.driftless.manifest.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftless.manifest.render.SourceFiles.Entry;
import io.driftless.manifest.render.SourceFiles.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ArchiveFilesTest {
    private static final ArchiveLimits SMALL = new ArchiveLimits(100_000, 1_000, 150);

    private static ArchiveFiles read(Tar tar) {
        return ArchiveFiles.read(tar.gz(), SMALL);
    }

    @Test
    void aFolderIsThereWithAllThatLiesInIt() {
        ArchiveFiles files = read(new Tar()
                .directory("./")
                .directory("apps/")
                .file("./apps/web/a.yaml", "a: 1")
                .file("apps/web/b.yaml", "")
                .link("apps/web/c.yaml", "../../top.yaml")
                .file("top.yaml", "t"));
        assertThat(files.list("")).extracting(Entry::path).containsExactly("apps", "top.yaml");
        assertThat(files.list("apps/web"))
                .containsExactly(
                        new Entry("apps/web/a.yaml", Kind.FILE, 4),
                        new Entry("apps/web/b.yaml", Kind.FILE, 0),
                        new Entry("apps/web/c.yaml", Kind.LINK, 0));
        assertThat(files.read("apps/web/a.yaml")).asString(UTF_8).isEqualTo("a: 1");
        assertThat(files.entry("apps")).contains(new Entry("apps", Kind.DIRECTORY, 0));
        assertThat(files.entry("none")).isEmpty();
        assertThat(files.list("none")).isEmpty();
    }

    @Test
    void longNamesOfBothKindsAreRead() {
        String posix = "p/".repeat(60) + "x.yaml";
        String gnu = "g/".repeat(60) + "x.yaml";
        String record = " path=" + posix + "\n";
        ArchiveFiles files = read(new Tar()
                .entry("x", 'x', "", ((record.length() + 3) + record).getBytes(UTF_8))
                .file("short", "1")
                .entry("L", 'L', "", (gnu + '\0').getBytes(UTF_8))
                .file("short", "2")
                .entry("g", 'g', "", "11 comment=\n".getBytes(UTF_8)));
        assertThat(files.read(posix)).asString(UTF_8).isEqualTo("1");
        assertThat(files.read(gnu)).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void aFileTooLargeForARenderIsThereWithoutItsContent() {
        ArchiveFiles files =
                read(new Tar().file("large.yaml", "x".repeat(5_000)).file("small.yaml", "y"));
        assertThat(files.entry("large.yaml")).contains(new Entry("large.yaml", Kind.FILE, 5_000));
        assertThat(files.read("small.yaml")).hasSize(1);
    }

    @Test
    void entriesThatMeanAPlaceElsewhereAreRefusedByName() {
        Map<Consumer<Tar>, String> hostile = new LinkedHashMap<>();
        hostile.put(tar -> tar.file("/etc/passwd", ""), "is absolute");
        hostile.put(tar -> tar.file("../x", ""), "leads out of the folder");
        hostile.put(tar -> tar.file("a/../../x", ""), "leads out of the folder");
        hostile.put(tar -> tar.file("a/../x", ""), "leads out of the folder");
        hostile.put(tar -> tar.directory(".."), "leads out of the folder");
        hostile.put(tar -> tar.file("a\\..\\x", ""), "backslash");
        hostile.put(tar -> tar.file("a\nb", ""), "control character");
        hostile.put(tar -> tar.file("", ""), "has no name");
        hostile.put(tar -> tar.file("./", ""), "is the folder itself");
        hostile.put(
                tar -> tar.file("d/".repeat(49) + "x", "")
                        .entry("L", 'L', "", "d/".repeat(70).getBytes(UTF_8))
                        .file("x", ""),
                "64 directories deep");
        hostile.put(
                tar -> tar.entry("L", 'L', "", "n".repeat(2_000).getBytes(UTF_8))
                        .file("x", ""),
                "1024 characters");
        hostile.put(tar -> tar.link("l", "/etc/passwd"), "is a link out of the folder");
        hostile.put(tar -> tar.link("a/l", "../../x"), "is a link out of the folder");
        hostile.put(tar -> tar.link("a/l", "b/../../../x"), "is a link out of the folder");
        hostile.put(tar -> tar.link("l", ""), "is a link out of the folder");
        hostile.put(tar -> tar.entry("h", '1', "x", new byte[0]), "neither a file nor a directory");
        hostile.put(tar -> tar.entry("c", '3', "", new byte[0]), "(type 3)");
        hostile.put(tar -> tar.entry("b", '4', "", new byte[0]), "(type 4)");
        hostile.put(tar -> tar.entry("f", '6', "", new byte[0]), "(type 6)");
        hostile.put(tar -> tar.entry("s", 'S', "", new byte[0]), "(type S)");
        hostile.put(tar -> tar.file("a", "1").file("a", "2"), "is there twice");
        hostile.put(tar -> tar.link("a", "b").file("a/x", "2"), "both a directory and something else");
        hostile.put(tar -> tar.file("a", "1").directory("a"), "both a directory and something else");
        hostile.put(tar -> tar.directory("a").file("a", "1"), "is there twice");
        hostile.forEach((entries, why) -> {
            Tar tar = new Tar().file("first.yaml", "1");
            entries.accept(tar);
            assertThatThrownBy(() -> read(tar))
                    .as(why)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(why);
        });
    }

    @Test
    void archivesThatWouldFillTheProcessAreStopped() {
        byte[] bomb = new byte[50_000_000];
        assertThatThrownBy(() -> ArchiveFiles.read(Tar.gz(bomb), SMALL).list(""))
                .as("zeros end the archive, and what follows is counted all the same")
                .hasMessageContaining("larger than 100000 bytes");
        assertThatThrownBy(() -> read(new Tar().file("a", "x".repeat(200_000))))
                .hasMessageContaining("larger than 100000 bytes");
        assertThatThrownBy(() -> read(new Tar().header("a".getBytes(UTF_8), '0', "", "77777777777")))
                .hasMessageContaining("larger than 100000 bytes");
        Tar many = new Tar();
        for (int i = 0; i < 151; i++) {
            many.file("f" + i, "");
        }
        assertThatThrownBy(() -> read(many)).hasMessageContaining("more than 150 files");
        String deep = "d/".repeat(48);
        assertThatThrownBy(() -> read(new Tar()
                        .file("a" + deep, "")
                        .file("b" + deep, "")
                        .file("c" + deep, "")
                        .file("e" + deep, "")))
                .as("directories that are only named are counted, too")
                .hasMessageContaining("more than 150 files");
        assertThatThrownBy(() -> read(new Tar().entry("L", 'L', "", new byte[70_000])))
                .hasMessageContaining("more than 65536 bytes");
    }

    @Test
    void damagedArchivesAreRefused() {
        byte[] good = new Tar().file("a.yaml", "x".repeat(600)).gz();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> ArchiveFiles.read(cut, SMALL))
                    .as("%d bytes", length)
                    .isInstanceOf(ArchiveException.class);
        }
        assertThatThrownBy(() -> ArchiveFiles.read("a: b".getBytes(UTF_8), SMALL))
                .hasMessageContaining("not a complete gzip");
        assertThatThrownBy(() -> ArchiveFiles.read(Tar.gz("a: b".getBytes(UTF_8)), SMALL))
                .hasMessageContaining("without its end mark");
        assertThatThrownBy(() -> ArchiveFiles.read(Tar.gz(new byte[] {1, 2, 3}), SMALL))
                .hasMessageContaining("end mark");
        byte[] text = "0".repeat(512).getBytes(UTF_8);
        assertThatThrownBy(() -> ArchiveFiles.read(Tar.gz(text), SMALL)).hasMessageContaining("check sum");
        assertThatThrownBy(() ->
                        ArchiveFiles.read(Tar.gz(new Tar().file("a.yaml", "1").cut()), SMALL))
                .hasMessageContaining("\"a.yaml\"")
                .hasMessageContaining("without its end mark");
        assertThatThrownBy(() -> read(new Tar().header("a".getBytes(UTF_8), '0', "", "12x")))
                .hasMessageContaining("a number in a header cannot be read");
        assertThatThrownBy(() -> read(new Tar().header(new byte[] {(byte) 0xc3, 0x28}, '0', "", "0")))
                .hasMessageContaining("not valid UTF-8");
        for (String records : new String[] {
            "x",
            "5 a=b",
            "3 \n",
            "99 a=b\n",
            "0 a=b\n",
            "9999999 a=b\n",
            "5 ab\n",
            "12 size=-12\n",
            "21 GNU.sparse.map=0\n"
        }) {
            assertThatThrownBy(() -> read(new Tar()
                            .entry("x", 'x', "", records.getBytes(UTF_8))
                            .file("a", "")))
                    .as(records)
                    .isInstanceOf(ArchiveException.class);
        }
    }

    /// `-Dfuzz.rounds` makes more of them, `-Dfuzz.seed` others.
    @Test
    void archivesOfStrangersAreReadOrRefused() {
        long seed = Long.getLong("fuzz.seed", 5);
        int rounds = Math.max(1, Integer.getInteger("fuzz.rounds", 20_000) / 4);
        System.out.println("fuzz.seed=" + seed + " rounds=" + rounds);
        Random random = new Random(seed);
        byte[] good = new Tar()
                .directory("a/")
                .file("a/b.yaml", "x".repeat(700))
                .entry("x", 'x', "", "12 path=a/c\n".getBytes(UTF_8))
                .file("short", "1")
                .link("l", "a/c")
                .plain();
        int read = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                // Headers matter most; their check sums are mended, lest nothing else be tried.
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) > 0) {
                mend(bytes);
            }
            byte[] packed = Tar.gz(random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            if (random.nextInt(8) == 0) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            try {
                ArchiveFiles files = ArchiveFiles.read(packed, SMALL);
                files.list("")
                        .forEach(entry ->
                                assertThat(entry.path()).doesNotContain("/").isNotIn("", ".", ".."));
                read++;
            } catch (ArchiveException refused) {
                assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(read).as("archives that are read all the same").isGreaterThan(rounds / 20);
    }

    private static void mend(byte[] bytes) {
        for (int at = 0; at + 512 <= bytes.length; at += 512) {
            if (bytes[at + 257] != 'u') {
                continue;
            }
            Arrays.fill(bytes, at + 148, at + 156, (byte) ' ');
            int sum = 0;
            for (int i = at; i < at + 512; i++) {
                sum += bytes[i] & 0xff;
            }
            byte[] digits = "%06o\0 ".formatted(sum).getBytes(UTF_8);
            System.arraycopy(digits, 0, bytes, at + 148, digits.length);
        }
    }
}
