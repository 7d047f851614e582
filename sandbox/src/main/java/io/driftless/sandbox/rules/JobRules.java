package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes a job invalid, by itself or within what makes jobs.
public final class JobRules {
    private static final List<String> COUNTS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");
    private static final List<String> MODES = List.of("NonIndexed", "Indexed");
    private static final List<String> REPLACEMENTS = List.of("Failed", "TerminatingOrFailed");
    private static final List<String> RESTARTS = List.of("OnFailure", "Never");
    private static final int MOST_INDEXES = 100_000;
    private static final String NOT_GENERATED = "`selector` not auto-generated";

    private JobRules() {}

    static void add(JsonNode job, @Nullable JsonNode before, List<Violation> out) {
        Part spec = Part.at("spec", job.path("spec"), out);
        generated(spec, job);
        spec(spec);
        Part selector = spec.in("selector");
        int found = out.size();
        if (selector.there()) {
            SelectorRules.add(selector.path(), selector.value(), out);
        } else {
            selector.required("");
        }
        if (!selector.there() || out.size() == found) {
            TemplateRules.matched(spec);
        }
        if (before == null) {
            podNames(job, out);
        } else {
            lasting(spec, before);
        }
    }

    /// The names of its pods that have an index are names of hosts.
    private static void podNames(JsonNode job, List<Violation> out) {
        JsonNode spec = job.path("spec");
        if (spec.path("completionMode").asText().equals("Indexed")
                && spec.path("completions").asInt() > 0) {
            String name = Json.name(job);
            String pod = name + "-" + (spec.path("completions").asInt() - 1);
            if (pod.length() > 63 || pod.contains(".")) {
                out.add(Names.invalid(
                        "metadata.name", name, "will not able to create pod with invalid DNS label: " + pod));
            }
        }
    }

    /// Whoever leaves its selector to the server has to keep the one that it made.
    private static void generated(Part spec, JsonNode job) {
        Part selector = spec.in("selector");
        if (spec.value().path("manualSelector").asBoolean() || !selector.there()) {
            return;
        }
        String uid = Json.uid(job);
        Part labels = spec.in("template").in("metadata").in("labels");
        String[][] wanted = {
            {"controller-uid", uid},
            {"job-name", Json.name(job)},
            {"batch.kubernetes.io/controller-uid", uid},
            {"batch.kubernetes.io/job-name", Json.name(job)}
        };
        for (String[] label : wanted) {
            Part said = labels.entry(label[0]);
            if (!said.there()) {
                said.required("must be '" + label[1] + "'");
            } else if (!said.text().equals(label[1])) {
                Part.at(said.path(), labels.value(), said.complaints()).invalidLabels("must be '" + label[1] + "'");
            }
        }
        JsonNode expected =
                Json.object().set("matchLabels", Json.object().put("batch.kubernetes.io/controller-uid", uid));
        JsonNode older = Json.object().set("matchLabels", Json.object().put("controller-uid", uid));
        if (!selector.value().isEmpty()
                && !selector.value().equals(expected)
                && !selector.value().equals(older)) {
            selector.invalidLabels(NOT_GENERATED);
        }
    }

    /// The spec of a job, without what selects its pods.
    static void spec(Part spec) {
        COUNTS.forEach(count -> spec.in(count).notNegative());
        Part limit = spec.in("backoffLimitPerIndex");
        if (spec.in("maxFailedIndexes").there() && !limit.there()) {
            limit.required("when maxFailedIndexes is specified");
        }
        spec.with("managedBy", JobRules::manager);
        spec.in("completionMode").oneOf(MODES);
        indexes(spec);
        JobPolicyRules.add(spec);
        if (spec.in("podFailurePolicy").there()) {
            spec.in("podReplacementPolicy").oneOf(REPLACEMENTS.subList(0, 1));
        } else {
            spec.in("podReplacementPolicy").oneOf(REPLACEMENTS);
        }
        Part template = spec.in("template");
        PodSpecRules.template(template.path(), template.value(), spec.complaints());
        Part restart = template.in("spec").in("restartPolicy");
        if (restart.text().isEmpty() || restart.text().equals("Always")) {
            restart.required("valid values: \"OnFailure\", \"Never\"");
        } else {
            restart.oneOf(RESTARTS);
        }
    }

    private static void manager(Part manager) {
        String name = manager.text();
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1 || !Names.subdomain(name.substring(0, slash))) {
            manager.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
    }

    private static void indexes(Part spec) {
        String mode = spec.in("completionMode").text();
        if (!mode.equals("Indexed")) {
            if (mode.equals("NonIndexed")) {
                for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                    spec.with(field, value -> value.invalid("requires indexed completion mode"));
                }
            }
            return;
        }
        if (!spec.in("completions").there()) {
            spec.in("completions").required("when completion mode is Indexed");
        }
        if (spec.in("parallelism").number() > MOST_INDEXES) {
            spec.in("parallelism")
                    .invalid("must be less than or equal to " + MOST_INDEXES + " when completion mode is Indexed");
        }
    }

    private static void lasting(Part spec, JsonNode before) {
        JsonNode old = before.path("spec");
        boolean indexed = spec.in("completionMode").text().equals("Indexed");
        JsonNode completions = spec.value().path("completions");
        if (!indexed) {
            WorkloadRules.immutable(spec, "completions", old);
        } else if (spec.in("completions").there()
                && !completions.equals(old.path("completions"))
                && !completions.equals(spec.value().path("parallelism"))) {
            spec.in("completions").invalid("can only be modified in tandem with spec.parallelism");
        }
        WorkloadRules.immutable(spec, "selector", old);
        JobTemplates.lasting(spec.in("template"), old.path("template"), before);
        WorkloadRules.immutable(spec, "completionMode", old);
        kept(spec, "podFailurePolicy", old, InternalText.POD_FAILURE_POLICY);
        WorkloadRules.immutable(spec, "backoffLimitPerIndex", old);
        WorkloadRules.immutable(spec, "managedBy", old);
        kept(spec, "successPolicy", old, InternalText.SUCCESS_POLICY);
    }

    private static void kept(Part spec, String field, JsonNode old, InternalText form) {
        if (!spec.value().path(field).equals(old.path(field))) {
            spec.in(field).invalid(form.of(spec.value().path(field)), "field is immutable");
        }
    }
}
