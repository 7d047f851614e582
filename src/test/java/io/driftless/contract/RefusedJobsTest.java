package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/// Jobs and what makes jobs: what is refused when they are made, and what of a job stays as it is.
class RefusedJobsTest {
    private static final String TEMPLATE =
            "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}";
    private static final String NOT_NEGATIVE = "must be greater than or equal to 0";

    private static void refused(Server server, String spec, String... causes) {
        Answer answer = server.api()
                .post(
                        server.path("batch/v1", "jobs") + "?dryRun=All",
                        "{metadata: {name: j}, spec: {" + spec + ", " + TEMPLATE + "}}");
        Causes.refused(answer, "spec.", causes);
    }

    private static void refusedCron(Server server, String spec, String... causes) {
        Answer answer = server.api()
                .post(
                        server.path("batch/v1", "cronjobs") + "?dryRun=All",
                        "{metadata: {name: j}, spec: {" + spec + ", jobTemplate: {spec: {" + TEMPLATE + "}}}}");
        Causes.refused(answer, "spec.", causes);
    }

    /// Puts a job back with a change.
    private static Answer changed(Server server, Consumer<ObjectNode> change) {
        JsonNode job =
                server.api().get(server.path("batch/v1", "jobs/j")).expect(200).body();
        ((ObjectNode) job.path("metadata")).remove("resourceVersion");
        change.accept((ObjectNode) job.path("spec"));
        return server.api().put(server.path("batch/v1", "jobs/j") + "?dryRun=All", job);
    }

    @OnBoth
    void countsAndPoliciesAreLookedAt(Server server) {
        refused(
                server,
                "parallelism: -1, backoffLimit: -1, ttlSecondsAfterFinished: -1",
                "parallelism: Invalid value: -1: " + NOT_NEGATIVE,
                "backoffLimit: Invalid value: -1: " + NOT_NEGATIVE,
                "ttlSecondsAfterFinished: Invalid value: -1: " + NOT_NEGATIVE);
        refused(
                server,
                "completionMode: Some, podReplacementPolicy: Some",
                "completionMode: Unsupported value: \"Some\": supported values: \"NonIndexed\", \"Indexed\"",
                "podReplacementPolicy: Unsupported value: \"Some\": supported values: \"Failed\","
                        + " \"TerminatingOrFailed\"");
        refused(
                server,
                "podFailurePolicy: {rules: [{action: Some}]}",
                "podFailurePolicy.rules[0].action: Unsupported value: \"Some\": supported values: \"Count\","
                        + " \"FailIndex\", \"FailJob\", \"Ignore\"",
                "podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required");
        refused(
                server,
                "managedBy: a",
                "managedBy: Invalid value: \"a\": must be a domain-prefixed path (such as \"acme.io/foo\")");
    }

    @OnBoth
    void whatHasIndexesHasCompletions(Server server) {
        refused(
                server,
                "completionMode: Indexed, parallelism: 1",
                "completions: Required value: when completion mode is Indexed");
        refused(
                server,
                "backoffLimitPerIndex: 1",
                "backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode");
        refused(
                server,
                "completionMode: Indexed, completions: 3, parallelism: 1, successPolicy: {rules: [{succeededIndexes: '5'}]}",
                "successPolicy.rules[0].succeededIndexes: Invalid value: \"5\": error parsing succeededIndexes: too large"
                        + " index: \"5\"");
        assertThat(server.api()
                        .post(
                                server.path("batch/v1", "jobs") + "?dryRun=All",
                                "{metadata: {name: j}, spec: {completionMode: Indexed, completions: 2, backoffLimitPerIndex:"
                                        + " 1, " + TEMPLATE + "}}")
                        .expect(201)
                        .at("/spec/backoffLimit")
                        .asInt())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @OnBoth
    void aSelectorIsLeftToTheServerOrToldToBeOwn(Server server) {
        refused(
                server,
                "manualSelector: true",
                "selector: Required value",
                "template.metadata.labels: Invalid value: null: `selector` does not match template `labels`");
        Answer own = server.api()
                .post(
                        server.path("batch/v1", "jobs") + "?dryRun=All",
                        "{metadata: {name: j}, spec: {selector: {matchLabels: {a: b}}, " + TEMPLATE + "}}");
        assertThat(Causes.of(own))
                .hasSize(2)
                .first()
                .asString()
                .startsWith(
                        "spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\",\"batch.kubernetes.io/controller-uid\"")
                .endsWith(": `selector` not auto-generated");
    }

    @OnBoth
    void aJobThatWaitsTakesCountsAndPlacesAndNothingElse(Server server) {
        server.make("batch/v1", "jobs", "j", "suspend: true, " + TEMPLATE);

        changed(server, spec -> spec.put("parallelism", 3).put("backoffLimit", 2))
                .expect(200);
        changed(
                        server,
                        spec -> ((ObjectNode) spec.at("/template/spec"))
                                .putObject("nodeSelector")
                                .put("a", "b"))
                .expect(200);
        Causes.refused(
                changed(server, spec -> spec.put("completions", 2).put("completionMode", "Indexed")),
                "spec.",
                "completions: Invalid value: 2: can only be modified in tandem with spec.parallelism",
                "completionMode: Invalid value: \"Indexed\": field is immutable");
        assertThat(Causes.of(changed(
                        server, spec -> ((ObjectNode) spec.at("/template/spec/containers/0")).put("image", "other"))))
                .singleElement()
                .asString()
                .startsWith("spec.template.spec: Invalid value: {")
                .endsWith(": field is immutable");
        Causes.refused(
                changed(server, spec -> spec.remove("selector")),
                "spec.",
                "selector: Required value",
                "template.metadata.labels: Invalid value: "
                        + server.api().get(server.path("batch/v1", "jobs/j")).at("/spec/template/metadata/labels")
                        + ": `selector` does not match template `labels`",
                "selector: Invalid value: null: field is immutable");
    }

    @OnBoth
    void schedulesAreInFiveFields(Server server) {
        refusedCron(
                server,
                "schedule: 61 * * * *",
                "schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61");
        refusedCron(
                server,
                "schedule: '* * 0 * *'",
                "schedule: Invalid value: \"* * 0 * *\": beginning of range (0) below minimum (1): 0");
        refusedCron(
                server,
                "schedule: '* * * foo *'",
                "schedule: Invalid value: \"* * * foo *\": failed to parse int from foo: strconv.Atoi: parsing \"foo\":"
                        + " invalid syntax");
        refusedCron(
                server,
                "schedule: '*/0 * * * *'",
                "schedule: Invalid value: \"*/0 * * * *\": step of range should be a positive number: */0");
        refusedCron(
                server,
                "schedule: '@reboot'",
                "schedule: Invalid value: \"@reboot\": unrecognized descriptor: @reboot");
        refusedCron(
                server,
                "schedule: 'TZ=UTC 0 0 * * *'",
                "schedule: Invalid value: \"TZ=UTC 0 0 * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field"
                        + " instead");
    }

    @OnBoth
    void zonesOfTimeAreKnown(Server server) {
        String hourly = "schedule: '@hourly', ";

        refusedCron(
                server,
                hourly + "timeZone: Nowhere/No",
                "timeZone: Invalid value: \"Nowhere/No\": unknown time zone Nowhere/No");
        refusedCron(
                server,
                hourly + "timeZone: '', concurrencyPolicy: allow",
                "timeZone: Invalid value: \"\": timeZone must be nil or non-empty string",
                "concurrencyPolicy: Unsupported value: \"allow\": supported values: \"Allow\", \"Forbid\", \"Replace\"");
    }

    @OnBoth
    void theNameOfACronJobLeavesRoomForItsJobs(Server server) {
        String name = "a".repeat(53);

        Causes.refused(
                server.api()
                        .post(
                                server.path("batch/v1", "cronjobs") + "?dryRun=All",
                                "{metadata: {name: " + name
                                        + "}, spec: {schedule: '@daily', jobTemplate: {spec: {selector:"
                                        + " {matchLabels: {a: b}}, " + TEMPLATE + "}}}}"),
                "",
                "spec.jobTemplate.spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\"}}: `selector` will be"
                        + " auto-generated",
                "metadata.name: Invalid value: \"" + name + "\": must be no more than 52 characters");
    }
}
