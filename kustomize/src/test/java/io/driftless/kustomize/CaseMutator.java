package io.driftless.kustomize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes new cases of known ones: adds fields to kustomizations, puts overlays over them, crosses two, damages scalars.
/// The same seed makes the same case.
final class CaseMutator {
    private static final Pattern IMAGE = Pattern.compile("image: *\"?([a-z0-9./:_-]+)");
    private static final Pattern NAME = Pattern.compile("(?m)^  name: *\"?([a-z0-9.-]+)\"?$");
    private static final Pattern KIND = Pattern.compile("(?m)^kind: *([A-Za-z]+)$");
    private static final List<String> SCALARS = List.of(
            "yes",
            "on",
            "\"5\"",
            "5",
            "0777",
            "1e3",
            "null",
            "~",
            "\"\"",
            "'it''s'",
            "2020-01-01",
            "12:30:45",
            "true",
            "1_000",
            "0x1F",
            "[]",
            "{}",
            "a b",
            "1.50",
            "-1",
            "\"tab\\there\"",
            "x:y",
            "'a: b'",
            "\"# no\"",
            ".5",
            "!!str 7");

    private final List<Case> bases;
    private final Random random;

    CaseMutator(List<Case> bases, long seed) {
        this.bases = bases;
        this.random = new Random(seed);
    }

    Case next() {
        Case base = pick(bases);
        Map<String, String> files = new TreeMap<>(base.files());
        String directory = base.directory();
        StringBuilder steps = new StringBuilder(base.name());
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(20);
            if (kind < 9) {
                steps.append(" field");
                addField(files, kustomization(files, directory));
            } else if (kind < 13) {
                steps.append(" overlay");
                directory = overlay(files, directory, i);
            } else if (kind < 15) {
                steps.append(" cross");
                directory = cross(files, directory, i);
            } else if (kind < 18) {
                steps.append(" scalar");
                scalar(files);
            } else {
                steps.append(" line");
                dropLine(files);
            }
        }
        return new Case(steps.toString(), files, directory);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String kustomization(Map<String, String> files, String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        for (String name : List.of("kustomization.yaml", "kustomization.yml", "Kustomization")) {
            if (files.containsKey(prefix + name)) {
                return prefix + name;
            }
        }
        files.put(prefix + "kustomization.yaml", "");
        return prefix + "kustomization.yaml";
    }

    private void addField(Map<String, String> files, String path) {
        String text = files.getOrDefault(path, "");
        String field = field(files);
        String name = field.substring(0, field.indexOf(':'));
        if (!Pattern.compile("(?m)^" + name + ":").matcher(text).find()) {
            files.put(path, text + (text.endsWith("\n") || text.isEmpty() ? "" : "\n") + field);
        }
    }

    private String overlay(Map<String, String> files, String directory, int number) {
        String name = "over" + number + Math.floorMod(random.nextInt(), 100);
        StringBuilder text = new StringBuilder("resources:\n- ../" + directory + "\n");
        files.put(name + "/kustomization.yaml", text.toString());
        if (directory.isEmpty()) {
            // The root cannot be included from below: move everything down.
            Map<String, String> moved = new TreeMap<>();
            files.forEach((path, content) -> moved.put(path.startsWith(name + "/") ? path : "moved/" + path, content));
            files.clear();
            files.putAll(moved);
            files.put(name + "/kustomization.yaml", "resources:\n- ../moved\n");
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            addField(files, name + "/kustomization.yaml");
        }
        return name;
    }

    private String cross(Map<String, String> files, String directory, int number) {
        Case other = pick(bases);
        String name = "other" + number;
        other.files().forEach((path, content) -> files.put(name + "/" + path, content));
        String into = overlay(files, directory, number + 7);
        String prefix =
                files.keySet().stream().anyMatch(path -> path.startsWith("moved/" + name)) ? "../moved/" : "../";
        String text = files.get(into + "/kustomization.yaml");
        files.put(
                into + "/kustomization.yaml",
                text.replace(
                        "resources:\n",
                        "resources:\n- " + prefix + name + (other.directory().isEmpty() ? "" : "/" + other.directory())
                                + "\n"));
        return into;
    }

    private void scalar(Map<String, String> files) {
        String path = pick(new ArrayList<>(files.keySet()));
        List<String> lines = new ArrayList<>(Arrays.asList(files.get(path).split("\n", -1)));
        int at = random.nextInt(lines.size());
        Matcher matcher = Pattern.compile("^(\\s*(?:- )?[A-Za-z0-9_./-]+:) +[^|>&*\\[{]+$")
                .matcher(lines.get(at));
        if (matcher.matches()) {
            lines.set(at, matcher.group(1) + " " + pick(SCALARS));
            files.put(path, String.join("\n", lines));
        }
    }

    private void dropLine(Map<String, String> files) {
        String path = pick(new ArrayList<>(files.keySet()));
        List<String> lines = new ArrayList<>(Arrays.asList(files.get(path).split("\n", -1)));
        if (lines.size() > 3) {
            int at = random.nextInt(lines.size());
            if (random.nextBoolean()) {
                lines.remove(at);
            } else {
                lines.add(at, lines.get(at));
            }
            files.put(path, String.join("\n", lines));
        }
    }

    private String found(Map<String, String> files, Pattern pattern, String fallback) {
        List<String> found = new ArrayList<>();
        for (String content : files.values()) {
            Matcher matcher = pattern.matcher(content);
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found.isEmpty() ? fallback : pick(found);
    }

    private String field(Map<String, String> files) {
        String name = found(files, NAME, "none");
        String kind = found(files, KIND, "Deployment");
        String image = found(files, IMAGE, "nginx").replaceAll("[:@].*", "");
        return switch (random.nextInt(30)) {
            case 0 -> "namePrefix: " + pick(List.of("p-", "a", "1", "pre-")) + "\n";
            case 1 -> "nameSuffix: " + pick(List.of("-s", "-x1", "0")) + "\n";
            case 2, 3 -> "namespace: " + pick(List.of("spot", "default", "kube-system", "n1")) + "\n";
            case 4 -> "commonLabels:\n  l: \"" + pick(List.of("v", "1", "true", "yes")) + "\"\n  app: changed\n";
            case 5 -> "labels:\n- pairs: {who: me, \"9\": \"9\"}\n  includeSelectors: " + random.nextBoolean() + "\n";
            case 6 ->
                "labels:\n- pairs: {t: \"1\"}\n  includeTemplates: true\n- pairs: {u: x}\n  fields:\n  - path: spec/x\n    create: true\n";
            case 7 ->
                "commonAnnotations:\n  note: \""
                        + pick(
                                List.of(
                                        "n",
                                        "12",
                                        "a long note that goes on and on and on so that it must be folded somewhere around here ok"))
                        + "\"\n";
            case 8, 9 ->
                "images:\n- name: " + image + "\n"
                        + pick(List.of(
                                "  newTag: v9\n",
                                "  newName: other/place\n",
                                "  digest: sha256:abc\n",
                                "  tagSuffix: -x\n",
                                "  newName: a\n  newTag: \"1.20\"\n"));
            case 10 -> "replicas:\n- name: " + name + "\n  count: " + random.nextInt(9) + "\n";
            case 11 -> "configMapGenerator:\n- name: gen\n  literals: [a=1, 'b=x y', c=\"q\"]\n";
            case 12 ->
                "configMapGenerator:\n- name: " + name + "\n  behavior: " + pick(List.of("merge", "replace", "create"))
                        + "\n  literals: [extra=1]\n";
            case 13 ->
                "secretGenerator:\n- name: sec\n  literals: [a=1, pw=some long text that is encoded in base64 and then broken up]\n  options:\n    labels: {s: \"1\"}\n    disableNameSuffixHash: "
                        + random.nextBoolean() + "\n";
            case 14 -> "generatorOptions:\n  disableNameSuffixHash: " + random.nextBoolean() + "\n  labels: {g: o}\n";
            case 15, 16, 17 -> strategicPatch(files);
            case 18, 19 -> jsonPatch(kind, name);
            case 20 ->
                "replacements:\n- source: {kind: " + kind + ", name: " + name
                        + pick(List.of(
                                "",
                                ", fieldPath: metadata.namespace",
                                ", fieldPath: spec.replicas",
                                ", fieldPath: kind"))
                        + "}\n  targets:\n  - select: {kind: " + found(files, KIND, "Service") + "}\n    fieldPaths: ["
                        + pick(List.of(
                                "metadata.name",
                                "metadata.annotations.r",
                                "metadata.labels.app",
                                "spec.template.spec.containers.*.image",
                                "spec.template.spec.containers.0.name"))
                        + "]\n    options: {create: " + random.nextBoolean() + "}\n";
            case 21 ->
                "replacements:\n- sourceValue: \"" + pick(List.of("7", "val", "yes", "a:b"))
                        + "\"\n  targets:\n  - select: {name: " + name
                        + "}\n    reject: [{kind: Service}]\n    fieldPaths: ["
                        + pick(List.of("spec.replicas", "metadata.labels.x", "spec.ports.0.port", "spec.selector.app"))
                        + "]\n    options: {create: true}\n";
            case 22 ->
                "vars:\n- name: V\n  objref: {apiVersion: " + pick(List.of("v1", "apps/v1")) + ", kind: " + kind
                        + ", name: " + name + "}\n";
            case 23 ->
                "buildMetadata: ["
                        + pick(List.of(
                                "originAnnotations",
                                "transformerAnnotations",
                                "managedByLabel",
                                "originAnnotations, transformerAnnotations"))
                        + "]\n";
            case 24 -> "sortOptions:\n  order: " + pick(List.of("legacy", "fifo")) + "\n";
            case 25 ->
                "transformers:\n- |-\n  apiVersion: builtin\n  kind: "
                        + pick(
                                List.of(
                                        "NamespaceTransformer\n  metadata: {name: x, namespace: tn}\n  unsetOnly: true\n  setRoleBindingSubjects: allServiceAccounts",
                                        "AnnotationsTransformer\n  metadata: {name: x}\n  annotations: {ta: b}\n  fieldSpecs: [{path: metadata/annotations, create: true}]",
                                        "PrefixTransformer\n  metadata: {name: x}\n  prefix: t-\n  fieldSpecs: [{path: metadata/name}]",
                                        "ValueAddTransformer\n  metadata: {name: x}\n  value: va\n  targets: [{fieldPath: metadata/labels/va}]"))
                        + "\n";
            case 26 ->
                "patchesStrategicMerge:\n- |-\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata:\n    name: "
                        + name + "\n    annotations: null\n  spec:\n    replicas: 3\n";
            case 27 ->
                "patchesJson6902:\n- target: {version: v1, kind: " + kind + ", name: " + name
                        + "}\n  patch: |-\n    - {op: add, path: /metadata/annotations/j, value: \"1\"}\n";
            case 28 -> "bases: []\n";
            default -> "configurations: []\ncrds: []\n";
        };
    }

    private String jsonPatch(String kind, String name) {
        String target = pick(List.of(
                "kind: " + kind,
                "name: " + name,
                "kind: " + kind + ", name: " + name,
                "labelSelector: app",
                "kind: \".*\"",
                "version: v1, namespace: default"));
        String operation = pick(List.of(
                "{op: add, path: /metadata/annotations/j, value: yes}",
                "{op: add, path: /metadata/labels, value: {a: b}}",
                "{op: replace, path: /metadata/name, value: renamed}",
                "{op: remove, path: /spec/replicas}",
                "{op: add, path: /spec/template/spec/containers/0/args, value: [a, 1, null]}",
                "{op: add, path: /spec/template/spec/containers/-, value: {name: j, image: j}}",
                "{op: test, path: /kind, value: " + kind + "}",
                "{op: copy, from: /metadata/name, path: /metadata/namespace}",
                "{op: move, from: /metadata/name, path: /metadata/x}",
                "{op: add, path: /spec/big, value: 12345678901234567890}",
                "{op: replace, path: /apiVersion, value: x/v1}"));
        return "patches:\n- target: {" + target + "}\n  patch: |-\n    - " + operation + "\n";
    }

    private String strategicPatch(Map<String, String> files) {
        List<String> documents = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getKey().toLowerCase(java.util.Locale.ROOT).contains("kustomization")) {
                documents.addAll(List.of(file.getValue().split("\n---")));
            }
        }
        documents.removeIf(document -> !document.contains("kind:"));
        if (documents.isEmpty()) {
            return "bases: []\n";
        }
        String document = pick(documents);
        List<String> lines = new ArrayList<>();
        for (String line : document.split("\n", -1)) {
            boolean needed = line.matches("(apiVersion|kind|metadata|  name|  namespace):?.*");
            boolean keep = needed || random.nextInt(10) < 7;
            if (!keep && (line.startsWith("  ") || line.startsWith("-"))) {
                continue;
            }
            Matcher matcher = Pattern.compile("^(\\s+(?:- )?)([A-Za-z0-9_./-]+:) +[^|>&*\\[{]+$")
                    .matcher(line);
            if (!needed && matcher.matches()) {
                int dice = random.nextInt(12);
                if (dice == 0) {
                    lines.add(matcher.group(1) + matcher.group(2) + " null");
                    continue;
                }
                if (dice == 1) {
                    lines.add(matcher.group(1) + "$patch: " + pick(List.of("delete", "replace", "merge")));
                    lines.add(matcher.group(1).replace('-', ' ') + line.strip().replaceFirst("^- ", ""));
                    continue;
                }
                if (dice < 6) {
                    lines.add(matcher.group(1) + matcher.group(2) + " " + pick(SCALARS));
                    continue;
                }
            }
            lines.add(line);
        }
        StringBuilder out = new StringBuilder("patches:\n- ");
        if (random.nextInt(4) == 0) {
            out.append("target: {kind: ")
                    .append(found(files, KIND, "Deployment"))
                    .append("}\n  ");
        }
        if (random.nextInt(6) == 0) {
            out.append("options: {allowNameChange: true, allowKindChange: ")
                    .append(random.nextBoolean())
                    .append("}\n  ");
        }
        out.append("patch: |-\n");
        for (String line : lines) {
            out.append("    ").append(line).append('\n');
        }
        return out.toString();
    }
}
