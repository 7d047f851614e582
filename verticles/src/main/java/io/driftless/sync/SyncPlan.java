package io.driftless.sync;

import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What an operation has to do, in order: only resources that differ, wave by wave; inside a wave first
/// what is deleted, then the destination namespace, then the kinds in Argo CD's order, resources of one
/// kind by name.
///
/// Deletions run through their waves backwards (what was created last goes first), or after everything else with
/// `PruneLast=true`.
///
/// @param items what is written or deleted, in order
/// @param skipped what differs and is left alone, each with its reason
record SyncPlan(List<Item> items, List<ResourceResult> skipped) {
    /// Digest that stands for "the namespace exists" in the result about a namespace that `CreateNamespace=true` makes.
    static final String ENSURED = "ensured";

    private static final int PRUNE_RANK = -2;
    private static final int ENSURE_RANK = -1;
    private static final Comparator<Item> ORDER = Comparator.comparingInt(Item::wave)
            .thenComparingInt(item -> rank(item.intent()))
            .thenComparing(item -> KindOrder.rollsOut(item.intent().resource().kind()))
            .thenComparing(item -> item.intent().resource().name())
            .thenComparing(item -> item.intent().resource());

    SyncPlan {
        items = List.copyOf(items);
        skipped = List.copyOf(skipped);
    }

    /// One write, as the record says it before it happens.
    record Item(int wave, ResourceResult intent) {}

    /// Where manifests come from.
    interface Manifests {
        /// The manifest of a resource with this digest; null while it is not at hand.
        @Nullable
        ResourceRendered manifest(ResourceId resource, String digest);

        /// The hooks of the render, which no comparison is about.
        default List<ResourceRendered> hooks() {
            return List.of();
        }
    }

    /// @param pruning whether resources that left Git are deleted
    /// @param options options of the application and of the request
    /// @param namespace namespace to make sure of; empty for none
    /// @param ensureAlways whether to do so though something exists there already (it has metadata to keep)
    /// @param hooks whether hooks are part of it
    record Wish(boolean pruning, SyncOptions options, String namespace, boolean ensureAlways, boolean hooks) {
        /// With hooks.
        Wish(boolean pruning, SyncOptions options, String namespace, boolean ensureAlways) {
            this(pruning, options, namespace, ensureAlways, true);
        }
    }

    /// @param chosen resources that the operation is about and that are not done or stale
    static SyncPlan of(ApplicationCompared compared, Manifests render, Wish wish, Predicate<ResourceVerdict> chosen) {
        List<Item> applies = new ArrayList<>();
        List<ResourceVerdict> prunes = new ArrayList<>();
        List<ResourceResult> skipped = new ArrayList<>();
        for (ResourceVerdict verdict : compared.resources()) {
            if (!chosen.test(verdict)) {
                continue;
            }
            if (verdict.toPrune()) {
                if (verdict.deleting()) {
                    continue;
                }
                String kept = keptBecause(wish);
                if (kept.isEmpty()) {
                    prunes.add(verdict);
                } else {
                    skipped.add(skip(verdict, kept));
                }
            } else if (verdict.wanted() && verdict.status() == SyncStatus.OUT_OF_SYNC) {
                var manifest = render.manifest(verdict.resource(), verdict.digest());
                if (manifest == null) {
                    continue; // the comparison is about another manifest: a newer one is on its way
                }
                if (manifest.hooks().isEmpty()) {
                    applies.add(new Item(manifest.syncWave(), intent(verdict)));
                }
            }
        }
        if (wish.hooks) {
            render.hooks().stream()
                    .filter(SyncPlan::runs)
                    .map(SyncPlan::skipped)
                    .forEach(skipped::add);
        }
        List<Item> items = new ArrayList<>(applies);
        ensureNamespace(compared, wish, applies, items);
        addPrunes(prunes, wish, items);
        items.sort(ORDER);
        return new SyncPlan(items, skipped);
    }

    /// Items of the first wave.
    List<Item> firstWave() {
        return items.stream()
                .filter(item -> item.wave() == items.getFirst().wave())
                .toList();
    }

    /// In which order the writes of one wave follow each other: those of the lowest rank run at once, then the next.
    static int rank(ResourceResult intent) {
        if (prunes(intent)) {
            return PRUNE_RANK;
        }
        return ensures(intent)
                ? ENSURE_RANK
                : KindOrder.of(intent.resource().kind(), !intent.decidedOn().isEmpty());
    }

    static boolean prunes(ResourceResult intent) {
        return intent.digest().isEmpty();
    }

    static boolean skippedHook(ResourceResult result) {
        return result.status().equals(ResourceResult.SYNCED) && result.digest().isEmpty();
    }

    static boolean ensures(ResourceResult intent) {
        return intent.digest().equals(ENSURED);
    }

    /// The record of a write that is about to happen, decided on what the verdict saw.
    static ResourceResult intent(ResourceVerdict verdict) {
        return new ResourceResult(
                verdict.resource(),
                verdict.apiVersion(),
                ResourceResult.RUNNING,
                "",
                verdict.resourceVersion(),
                "",
                verdict.wanted() ? verdict.digest() : "");
    }

    private static String keptBecause(Wish wish) {
        if (!wish.pruning) {
            return "ignored (requires pruning)";
        }
        return switch (wish.options.value("Prune")) {
            case "false" -> "ignored (no prune)";
            case "confirm" -> "ignored (Prune=confirm is not supported yet)";
            default -> "";
        };
    }

    /// Whether a sync that goes well would run it.
    private static boolean runs(ResourceRendered hook) {
        return hook.hooks().stream().anyMatch(Set.of("PreSync", "Sync", "PostSync")::contains);
    }

    private static ResourceResult skipped(ResourceRendered hook) {
        return new ResourceResult(
                hook.resource(),
                hook.apiVersion(),
                ResourceResult.SYNCED,
                "skipped: hooks are not supported yet",
                "",
                "",
                "");
    }

    private static ResourceResult skip(ResourceVerdict verdict, String reason) {
        return new ResourceResult(
                verdict.resource(),
                verdict.apiVersion(),
                ResourceResult.PRUNE_SKIPPED,
                reason,
                verdict.resourceVersion(),
                "",
                "");
    }

    private static void ensureNamespace(ApplicationCompared compared, Wish wish, List<Item> applies, List<Item> items) {
        String namespace = wish.namespace;
        if (namespace.isEmpty() || applies.isEmpty()) {
            return;
        }
        ResourceId id = new ResourceId("", "Namespace", "", namespace);
        boolean inGit = compared.resources().stream()
                .anyMatch(v -> v.wanted() && v.resource().equals(id));
        boolean inUse = compared.resources().stream()
                .anyMatch(v -> v.exists() && v.resource().namespace().equals(namespace));
        if (!inGit && (!inUse || wish.ensureAlways)) {
            int first = applies.stream().mapToInt(Item::wave).min().orElse(0);
            items.add(new Item(first, new ResourceResult(id, "v1", ResourceResult.RUNNING, "", "", "", ENSURED)));
        }
    }

    /// Waves of deletions are mirrored: the first and the last wave that occur change places, and so on inwards.
    private static void addPrunes(List<ResourceVerdict> prunes, Wish wish, List<Item> items) {
        List<Integer> waves = new ArrayList<>(
                new TreeSet<>(prunes.stream().map(ResourceVerdict::syncWave).toList()));
        Map<Integer, Integer> mirrored = new HashMap<>();
        for (int i = 0; i < waves.size(); i++) {
            mirrored.put(waves.get(i), waves.get(waves.size() - 1 - i));
        }
        int last = items.stream().mapToInt(Item::wave).max().orElse(0);
        boolean pruneLast = wish.options.on("PruneLast");
        for (ResourceVerdict verdict : prunes) {
            int wave = pruneLast ? last + 1 : mirrored.getOrDefault(verdict.syncWave(), verdict.syncWave());
            items.add(new Item(wave, intent(verdict)));
        }
    }
}
