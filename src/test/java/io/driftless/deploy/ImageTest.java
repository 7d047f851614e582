package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImageTest {
    private static final String DOCKERFILE = Checkout.text("Dockerfile");

    private static Set<String> imageOptions() {
        return Checkout.text("deploy/image/jvm.options")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> launcherOptions() {
        Matcher matcher = Pattern.compile("jvm_options=\"([^\"]*)\"").matcher(Checkout.text("driftless"));
        assertThat(matcher.find()).isTrue();
        return Arrays.stream(matcher.group(1).split("\\s+"))
                .filter(option -> !option.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theImageStartsTheJvmAsTheLauncherDoesButForTheHeap() {
        Set<String> wanted = launcherOptions();
        wanted.removeAll(Set.of("$heap", "$compilers"));
        wanted.add("-XX:TieredStopAtLevel=1");
        assertThat(imageOptions()).containsAll(wanted).noneMatch(option -> option.startsWith("-Xmx"));
        assertThat(imageOptions()).anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="));
    }

    @Test
    void theEntrypointTakesTheCommandOfTheContainer() {
        assertThat(DOCKERFILE
                        .lines()
                        .filter(line -> line.startsWith("ENTRYPOINT"))
                        .toList())
                .singleElement()
                .asString()
                .startsWith("ENTRYPOINT [\"java\"")
                .endsWith("\"io.driftless.cli.Main\"]");
        assertThat(mainClass()).isNotNull();
    }

    @Test
    void theImageDoesNotRunAsRootAndOwnsTheDirectoryOfMirrors() {
        List<String> users =
                DOCKERFILE.lines().filter(line -> line.startsWith("USER ")).toList();
        assertThat(users).containsExactly("USER 10001:10001");
        assertThat(DOCKERFILE).contains("mkdir /data && chown 10001:10001 /data");
        assertThat(Checkout.text(Checkout.INSTALL)).contains("runAsUser: 10001");
    }

    @Test
    void theImageBuildsTheWayTheLauncherDoes() {
        Matcher built = Pattern.compile("mvn (.*package)").matcher(Checkout.text("driftless"));
        assertThat(built.find()).isTrue();
        List<String> words = Arrays.asList(built.group(1).split(" "));
        assertThat(DOCKERFILE).contains(words);
    }

    /// The context is a list of what is let in: a module that is missing there would break the build of the image.
    @Test
    void theContextHoldsEveryModuleOfTheBuild() {
        List<String> let = Checkout.text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(Checkout.text("pom.xml"));
        while (module.find()) {
            String name = module.group(1);
            assertThat(let).containsAnyOf(name, name + "/pom.xml");
        }
        assertThat(let)
                .allSatisfy(path -> assertThat(Checkout.ROOT.resolve(path)).exists());
    }

    private static Class<?> mainClass() {
        try {
            return Class.forName("io.driftless.cli.Main");
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the entrypoint names a class that does not exist", e);
        }
    }
}
