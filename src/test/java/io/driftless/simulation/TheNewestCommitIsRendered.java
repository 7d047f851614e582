package io.driftless.simulation;

import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Event;
import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.Map;

/// I1, I16: whatever happened to webhooks, `desired` ends with a complete render that says what the head of the branch
/// says, or tells why there is none.
final class TheNewestCommitIsRendered implements Invariant {
    @Override
    public String promise() {
        return "The newest commit is rendered in the end";
    }

    @Override
    public void atRest(World world) {
        AtRest.all(world).values().forEach(application -> check(world, application));
    }

    private void check(World world, AtRest application) {
        Event failed = application.last(Topic.DESIRED, RenderFailed.DETAIL);
        if (!application.renderable()) {
            if (!(failed instanceof RenderFailed)) {
                throw violated(world, application.name() + " has a broken file and nothing says so");
            }
            return;
        }
        if (failed != null) {
            throw violated(world, application.name() + " is said to be broken and is not: " + failed);
        }
        if (!(application.last(Topic.DESIRED, "") instanceof ManifestsRendered render)
                || !render.uid().equals(application.uid())
                || render.generation() != application.generation()) {
            throw violated(world, application.name() + " has no render of generation " + application.generation());
        }
        Map<String, Fact> desired = world.log.table(Topic.DESIRED);
        if (render.resources().size() != application.files().size()) {
            throw violated(world, render + " is not " + application.wanted());
        }
        for (RenderedResource listed : render.resources()) {
            Fact record = desired.get(application.name() + '|' + listed.resource());
            boolean right = record != null
                    && Outbox.event(record) instanceof ResourceRendered resource
                    && resource.digest().equals(listed.digest())
                    && application.wanted().getOrDefault(listed.resource(), -1) == Manifests.value(resource.manifest());
            if (!right) {
                throw violated(
                        world,
                        listed.resource() + " at " + render.revision() + " is " + record + ", not "
                                + application.wanted().get(listed.resource()));
            }
        }
        long records = desired.keySet().stream()
                .filter(key -> key.startsWith(application.name() + '|'))
                .count();
        if (records != render.resources().size()) {
            throw violated(
                    world,
                    "desired holds " + records + " resources of " + application.name() + ", and the render lists "
                            + render.resources().size());
        }
    }
}
