package io.driftless.kustomize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Writes generated cases and what this module makes of them, for comparing with the reference by hand.
final class DifferentialMain {
    private DifferentialMain() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        CaseMutator mutator = new CaseMutator(bases(), seed);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Case one = mutator.next();
            Path case1 = folder.resolve(String.valueOf(i));
            one.write(case1.resolve("in"));
            Files.writeString(case1.resolve("about.txt"), one.name() + "\n" + one.directory());
            String result;
            try {
                result = "ok\n"
                        + Kustomize.build(new DirectoryTree(case1.resolve("in")), one.directory())
                                .yaml();
            } catch (KustomizeException failed) {
                result = "error\n" + failed.getMessage();
            } catch (RuntimeException crash) {
                result = "crash\n" + crash + "\n"
                        + List.of(crash.getStackTrace()).subList(0, Math.min(8, crash.getStackTrace().length));
            }
            Files.writeString(case1.resolve("ours.txt"), result);
            list.add(case1.resolve("in") + "\t" + one.directory() + "\tlegacy");
        }
        Files.write(folder.resolve("list.txt"), list);
    }

    /// The project's cases and, where it lies beside the checkout, the shared corpus.
    static List<Case> bases() throws IOException {
        List<Case> bases = new ArrayList<>(Case.golden());
        Path corpus = SharedCorpus.find();
        if (corpus != null) {
            try (Stream<Path> folders = Files.list(corpus)) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    String about = Files.readString(folder.resolve("case.json"));
                    String directory = about.replaceAll("(?s).*\"dir\": \"([^\"]*)\".*", "$1");
                    bases.add(Case.read(folder.getFileName().toString(), folder.resolve("input"), directory));
                }
            }
        }
        return bases;
    }
}
