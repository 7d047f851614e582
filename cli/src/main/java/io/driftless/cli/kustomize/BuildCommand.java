package io.driftless.cli.kustomize;

import io.driftless.cli.kustomize.remote.RemoteFiles;
import io.driftless.kustomize.Built;
import io.driftless.kustomize.HelmInflation;
import io.driftless.kustomize.Kustomize;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.KustomizeOptions;
import io.driftless.kustomize.RemoteBases.Repository;
import io.driftless.kustomize.build.RepositoryUrl;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `driftless kustomize build [DIR]`
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = "Print the objects of a kustomization, byte by byte as kustomize 5.8.1 does.")
final class BuildCommand implements Callable<Integer> {
    private static final String ROOT_ONLY = "LoadRestrictionsRootOnly";
    private static final Pattern PASSWORD = Pattern.compile("(://[^/@:\\s'\"]*:)[^/@\\s'\"]*@");
    private static final String ANY_FILE = "LoadRestrictionsNone";
    private static final Map<String, String> OLD_FLAGS = Map.of(
            "--enable-managedby-label",
            "The flag `enable-managedby-label` has been deprecated. Use the `managedByLabel` option in the"
                    + " `buildMetadata` field instead.",
            "--reorder",
            "use the new 'sortOptions' field in kustomization.yaml instead.");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private KustomizeCommand kustomize;

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description = "the directory of the kustomization (.), or the address of a repository and ref")
    private List<String> directories = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file; where it is a directory, one file for each object.")
    private @Nullable String output;

    @Option(
            names = "--load-restrictor",
            defaultValue = ROOT_ONLY,
            description = "LoadRestrictionsNone lets a kustomization name files outside of its directory.")
    private String restrictor = ROOT_ONLY;

    @Option(names = "--enable-helm", description = "Accepted; helmCharts themselves are not supported yet.")
    private boolean helm;

    @Option(names = "--enable-managedby-label", hidden = true)
    private boolean managedBy;

    @Option(names = "--reorder", hidden = true)
    private String reorder = "legacy";

    @Option(
            names = {"--enable-alpha-plugins", "--enable-exec", "--network", "--as-current-user", "--helm-debug"},
            hidden = true)
    private boolean programs;

    @Option(
            names = {
                "-e",
                "--env",
                "--mount",
                "--network-name",
                "--helm-api-versions",
                "--helm-command",
                "--helm-kube-version"
            },
            hidden = true)
    private List<String> forPrograms = List.of();

    @Override
    public Integer call() {
        KustomizeOptions.Order order = deprecated();
        if (directories.size() > 1) {
            throw new KustomizeException("specify one path to kustomization.yaml");
        }
        if (!restrictor.equals(ROOT_ONLY) && !restrictor.equals(ANY_FILE)) {
            throw new KustomizeException("illegal flag value --load-restrictor " + restrictor + "; legal values: ["
                    + ROOT_ONLY + " " + ANY_FILE + "]");
        }
        NotYet notYet = new NotYet();
        try (RemoteFiles remote = RemoteFiles.using(kustomize.programs())) {
            KustomizeOptions options = KustomizeOptions.DEFAULT
                    .withAnyFile(restrictor.equals(ANY_FILE))
                    .withOrder(order)
                    .withManagedBy(managedBy)
                    .withRemote(remote)
                    .withHelm(helm ? notYet : HelmInflation.DISABLED);
            BuiltText built = BuiltText.of(build(directories.isEmpty() ? "." : directories.getFirst(), options));
            if (output == null) {
                PrintWriter out = spec.commandLine().getOut();
                out.write(built.whole());
                out.flush();
            } else {
                built.write(kustomize.directory(), output);
            }
        } catch (KustomizeException failed) {
            throw withoutPasswords(notYet.or(failed));
        } catch (OutOfMemoryError full) {
            throw new KustomizeException(
                    "the build needs more memory than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB it may use: set DRIFTLESS_HEAP, for example to 2g",
                    full);
        }
        return 0;
    }

    private Built build(String named, KustomizeOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        Repository repository = RepositoryUrl.parse(named);
        if (repository != null) {
            return Kustomize.build(repository, options, err::println);
        }
        LocalFiles files = LocalFiles.at(kustomize.directory(), named);
        return Kustomize.build(files.tree(), files.directory(), options, err::println);
    }

    /// Addresses are part of messages, and messages end in logs.
    private static KustomizeException withoutPasswords(KustomizeException failed) {
        String text = String.valueOf(failed.getMessage());
        String shown = PASSWORD.matcher(text).replaceAll("$1***@");
        return shown.equals(text) ? failed : new KustomizeException(shown, failed);
    }

    /// Tells of the old flags that were used, as they come, and reads the order.
    private KustomizeOptions.Order deprecated() {
        for (OptionSpec used : spec.commandLine().getParseResult().matchedOptions()) {
            String hint = OLD_FLAGS.get(used.longestName());
            if (hint != null) {
                spec.commandLine().getErr().println("Flag " + used.longestName() + " has been deprecated, " + hint);
            }
        }
        return switch (reorder) {
            case "none" -> KustomizeOptions.Order.NONE;
            case "legacy" -> KustomizeOptions.Order.LEGACY;
            default ->
                throw new KustomizeException(
                        "illegal flag value --reorder " + reorder + "; legal values: [legacy none]");
        };
    }
}
