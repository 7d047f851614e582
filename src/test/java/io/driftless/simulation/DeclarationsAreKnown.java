package io.driftless.simulation;

/// I1: what the users of an Application wrote last is what the pipeline works with.
final class DeclarationsAreKnown implements Invariant {
    @Override
    public String promise() {
        return "The newest spec of each Application is published";
    }

    @Override
    public void atRest(World world) {
        AtRest.all(world).values().forEach(application -> {
            if (application.generation() < 0) {
                throw violated(world, application.declared() + " is not");
            }
        });
    }
}
