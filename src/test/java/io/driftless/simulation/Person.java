package io.driftless.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.Event;
import io.driftless.events.PushEvent.Origin;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.ResourceId;
import io.driftless.simulation.Ledger.Policy;
import io.driftless.simulation.Repository.File;
import io.driftless.stage.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everybody who commits, changes Applications, asks for syncs and meddles with the cluster.
final class Person {
    private static final List<String> FILES = List.of("a", "b", "c", "p");

    private final World world;
    private final Outbox doors;
    private final List<Event> late = new ArrayList<>();
    private int values;
    private int requests;

    Person(World world) {
        this.world = world;
        this.doors = new Outbox(world, "/driftless/api");
    }

    /// The beginning: Applications and something to deploy.
    void begin() {
        for (String application : world.applications) {
            for (String file : FILES) {
                if (world.chance.coin()) {
                    change(application, file);
                }
            }
            create(application);
        }
    }

    void act() {
        String application = world.chance.pick(world.applications);
        switch (world.chance.below(12)) {
            case 0, 1, 2, 3 -> commit(application);
            case 4, 5, 6 -> {
                if (world.faults.drift()) {
                    meddle();
                }
            }
            case 7, 8 -> {
                if (world.faults.commands()) {
                    ask(application);
                }
            }
            case 9 -> {
                if (world.faults.specs()) {
                    declare(application);
                }
            }
            default -> {
                if (!late.isEmpty()) {
                    say(late.remove(world.chance.below(late.size())));
                }
            }
        }
    }

    /// What people do when they are told that nothing works: they mend what they broke.
    void mend() {
        for (String application : world.applications) {
            Map<String, File> tree = new TreeMap<>(world.repository.head().tree());
            boolean broken = false;
            for (Map.Entry<String, File> file : Map.copyOf(tree).entrySet()) {
                if (file.getKey().startsWith(Repository.folder(application) + '/')
                        && !file.getValue().readable()) {
                    tree.put(file.getKey(), new File(++values, true));
                    broken = true;
                }
            }
            if (broken && world.chance.below(4) > 0) {
                push(tree);
            }
        }
    }

    /// Asks for another look at the repository.
    void refresh() {
        for (String application : world.applications) {
            say(new RefreshRequested(ApplicationName.parse(application), "anna", false));
        }
    }

    private void commit(String application) {
        int changes = world.chance.between(1, 3);
        if (world.faults.badCommits() && world.chance.oneIn(8)) {
            Map<String, File> tree = new TreeMap<>(world.repository.head().tree());
            String folder = Repository.folder(application) + '/';
            if (world.chance.coin()) {
                tree.keySet().removeIf(path -> path.startsWith(folder));
            } else {
                tree.put(folder + world.chance.pick(FILES), new File(++values, false));
            }
            push(tree);
            return;
        }
        for (int i = 0; i < changes; i++) {
            change(application, world.chance.pick(FILES));
        }
    }

    private void change(String application, String file) {
        Map<String, File> tree = new TreeMap<>(world.repository.head().tree());
        String path = Repository.folder(application) + '/' + file;
        if (tree.containsKey(path) && world.chance.oneIn(3)) {
            tree.remove(path);
        } else {
            tree.put(path, new File(++values, true));
        }
        push(tree);
    }

    private void push(Map<String, File> tree) {
        String before = world.repository.head().sha();
        Repository.Commit commit = world.repository.push(tree);
        world.trace.say("a person", "commits " + commit);
        RepositoryPushed push = new RepositoryPushed(
                Repository.KEY, "refs/heads/main", before, commit.sha(), null, Origin.WEBHOOK, "github");
        if (!world.faults.lostPushes()) {
            say(push);
            return;
        }
        switch (world.chance.below(4)) {
            case 0 -> {} // lost
            case 1 -> late.add(push);
            case 2 -> {
                say(push);
                late.add(push);
            }
            default -> say(push);
        }
    }

    /// The edge publishes and waits for the acknowledgement.
    private void say(Event event) {
        doors.publish(Publication.of(event, ""), () -> {});
        doors.flush();
    }

    private void meddle() {
        List<ResourceId> there = world.cluster.objects().keySet().stream()
                .filter(id -> !id.kind().equals("Application"))
                .toList();
        if (there.isEmpty()) {
            return;
        }
        ResourceId id = world.chance.pick(there);
        world.trace.say("a person", "meddles with " + id);
        switch (world.chance.below(5)) {
            case 0 -> world.cluster.remove(id);
            case 1 -> edit(id, object -> object.withObject("/data").put("size", "" + world.chance.below(3)));
            case 2 -> edit(id, object -> object.withObject("/metadata/labels").put("colour", "" + ++values));
            case 3 -> edit(id, object -> object.withObject("/metadata/labels").remove(Manifests.VALUE));
            default -> edit(id, object -> object.withObject("/metadata/labels").put(Manifests.VALUE, "-7"));
        }
    }

    private void edit(ResourceId id, java.util.function.Consumer<ObjectNode> change) {
        world.cluster.edit(id, "kubectl-edit", change);
    }

    private void ask(String application) {
        ApplicationName name = ApplicationName.parse(application);
        switch (world.chance.below(6)) {
            case 0 -> say(new TerminateRequested(name, "anna"));
            case 1 -> say(new RefreshRequested(name, "anna", world.chance.coin()));
            default -> {
                SyncRequested request = new SyncRequested(
                        name,
                        "request-" + ++requests,
                        "anna",
                        null,
                        world.chance.coin(),
                        world.chance.oneIn(6),
                        world.chance.oneIn(5) ? List.of(Manifests.id(application, "a")) : List.of(),
                        List.of(),
                        null);
                say(request);
                world.ledger.requests.put(request.id(), request);
                if (world.chance.oneIn(4)) {
                    late.add(request);
                }
            }
        }
    }

    private void declare(String application) {
        ObjectNode there = world.declarations.get(application);
        if (there == null) {
            create(application);
        } else if (world.chance.oneIn(4)) {
            world.trace.say("a person", "deletes " + application);
            world.declarations.delete(application);
        } else {
            Policy policy = policy();
            world.ledger.policy(application, policy);
            world.declarations.edit(application, spec -> write(spec, policy));
        }
    }

    private void create(String application) {
        Policy policy = world.chance.coin() ? new Policy(true, true, true, false, false) : policy();
        world.ledger.policy(application, policy);
        world.trace.say("a person", "creates " + application + " with " + policy);
        world.declarations.create(application, world.chance.coin(), spec -> write(spec, policy));
    }

    private Policy policy() {
        Chance chance = world.chance;
        return new Policy(!chance.oneIn(4), !chance.oneIn(3), !chance.oneIn(3), chance.oneIn(3), chance.oneIn(4));
    }

    private static void write(ObjectNode spec, Policy policy) {
        ObjectNode sync = spec.putObject("syncPolicy");
        if (policy.automated()) {
            sync.putObject("automated")
                    .put("prune", policy.prune())
                    .put("selfHeal", policy.selfHeal())
                    .put("allowEmpty", policy.allowEmpty());
        }
        spec.remove("ignoreDifferences");
        if (policy.ignoreSize()) {
            sync.putArray("syncOptions").add("RespectIgnoreDifferences=true");
            ObjectNode rule = spec.putArray("ignoreDifferences").addObject();
            rule.put("kind", "ConfigMap").putArray("jsonPointers").add("/data/size");
        }
    }
}
