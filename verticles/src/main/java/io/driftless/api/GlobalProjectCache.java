package io.driftless.api;

import io.driftless.objects.yaml.InvalidYaml;
import io.driftless.project.GlobalProjects;
import java.util.function.Supplier;

/// Which projects are global, as `argocd-cm` said last in a way that can be read.
final class GlobalProjectCache implements Supplier<GlobalProjects> {
    private String text = "";
    private volatile GlobalProjects globals = GlobalProjects.NONE;

    /// Takes in the value of `globalProjects` as it is now.
    synchronized void take(String now) {
        if (now.equals(text)) {
            return;
        }
        text = now;
        try {
            globals = GlobalProjects.parse(now);
        } catch (InvalidYaml unreadable) {
            // What was in force stays so, here as in the registry, which says why.
        }
    }

    @Override
    public GlobalProjects get() {
        return globals;
    }
}
