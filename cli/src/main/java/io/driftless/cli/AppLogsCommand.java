package io.driftless.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `driftless app logs APP`
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Print the logs of the pods of an Application.")
final class AppLogsCommand extends OneApplication {
    @Option(names = "--group", defaultValue = "", description = "Group of the resource that the pods belong to.")
    private String group = "";

    @Option(names = "--kind", defaultValue = "", description = "Kind of that resource.")
    private String kind = "";

    @Option(names = "--name", defaultValue = "", description = "Name of that resource.")
    private String name = "";

    @Option(names = "--namespace", defaultValue = "", description = "Namespace of the pods.")
    private String namespace = "";

    @Option(
            names = {"-c", "--container"},
            defaultValue = "",
            description = "Container (default: the first).")
    private String container = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is still to come.")
    private boolean follow;

    @Option(
            names = {"-p", "--previous"},
            description = "Of the containers before the last restart.")
    private boolean previous;

    @Option(names = "--tail", defaultValue = "0", description = "Lines from the end (default: all).")
    private long tail;

    @Option(names = "--since-seconds", defaultValue = "0", description = "No older than this (default: all).")
    private long sinceSeconds;

    @Option(
            names = "--until-time",
            defaultValue = "",
            paramLabel = "TIME",
            description = "No later than this, such as 2026-01-31T12:00:00Z (default: all).")
    private String untilTime = "";

    @Option(names = "--filter", defaultValue = "", description = "Only lines that hold this, or with ! do not.")
    private String filter = "";

    @Option(
            names = {"-m", "--match-case"},
            description = "Tell small letters of the filter from capitals.")
    private boolean matchCase;

    @Override
    public Integer call() {
        PrintWriter out = out();
        api().follow(app.ref().path("/logs", query().text()), entry -> {
            if (entry.path("last").asBoolean()) {
                return true;
            }
            out.println(entry.path("content").asText(""));
            return false;
        });
        out.flush();
        return ExitCode.OK;
    }

    private Query query() {
        return new Query()
                .with("group", group)
                .with("kind", kind)
                .with("resourceName", name)
                .with("namespace", namespace)
                .with("container", container)
                .with("follow", follow ? "true" : "")
                .with("previous", previous ? "true" : "")
                .with("tailLines", tail > 0 ? String.valueOf(tail) : "")
                .with("sinceSeconds", sinceSeconds > 0 ? String.valueOf(sinceSeconds) : "")
                .with("untilTime", untilTime)
                .with("filter", filter)
                .with("matchCase", matchCase ? "true" : "");
    }
}
