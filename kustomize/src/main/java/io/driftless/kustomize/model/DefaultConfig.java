package io.driftless.kustomize.model;

import io.driftless.kustomize.model.TransformerConfig.NameReference;
import io.driftless.kustomize.model.TransformerConfig.Set;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The fields that transformers touch without any configuration, read once from `field-specs.txt`.
public final class DefaultConfig {
    private static final TransformerConfig CONFIG = load();

    private DefaultConfig() {}

    public static TransformerConfig get() {
        return CONFIG;
    }

    private static TransformerConfig load() {
        Map<Set, List<FieldSpec>> sets = new EnumMap<>(Set.class);
        Map<Gvk, List<FieldSpec>> names = new LinkedHashMap<>();
        for (String line : lines("/io/driftless/kustomize/field-specs.txt")) {
            String[] words = line.split(" ");
            boolean name = words[0].equals("nameReference");
            int at = name ? 2 : 1;
            FieldSpec spec = new FieldSpec(gvk(words[at]), words[at + 1], words.length > at + 2);
            if (name) {
                names.computeIfAbsent(gvk(words[1]), none -> new ArrayList<>()).add(spec);
            } else {
                sets.computeIfAbsent(set(words[0]), none -> new ArrayList<>()).add(spec);
            }
        }
        sets.replaceAll((set, specs) -> List.copyOf(FieldSpecs.sorted(specs)));
        List<NameReference> references = new ArrayList<>();
        names.forEach((target, specs) -> references.add(new NameReference(target, List.copyOf(specs))));
        references.sort((a, b) -> KindOrder.DEFAULT.compare(a.target(), b.target()));
        return new TransformerConfig(sets, List.copyOf(references));
    }

    private static Set set(String key) {
        for (Set set : Set.values()) {
            if (set.key().equals(key)) {
                return set;
            }
        }
        throw new IllegalStateException("field-specs.txt names an unknown set " + key);
    }

    private static Gvk gvk(String text) {
        String[] parts = text.split("\\|", -1);
        return new Gvk(parts[0], parts[1], parts[2]);
    }

    public static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(DefaultConfig.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
