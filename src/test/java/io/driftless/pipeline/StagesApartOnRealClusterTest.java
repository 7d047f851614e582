package io.driftless.pipeline;

import java.util.List;

/// Instances that join and die, on a real cluster. Processes cost most of the time of this test and
/// are the same here, so there are fewer: those stages that write to the cluster are apart from the
/// others.
@OnRealCluster
class StagesApartOnRealClusterTest extends StagesApartTest {
    @Override
    List<String> processes() {
        return List.of("sync,registry", "drift,observe,manifest,notification,api,webhook");
    }
}
