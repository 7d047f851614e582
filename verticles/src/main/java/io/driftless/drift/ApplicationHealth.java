package io.driftless.drift;

import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/// How healthy an application is: as its worst resource, by Argo CD's rules of which resources count.
final class ApplicationHealth {
    private static final int NAMED = 3;

    private ApplicationHealth() {}

    static Health of(ApplicationName application, List<Finding> findings) {
        boolean nothingLive =
                findings.stream().noneMatch(finding -> finding.verdict().exists());
        if (nothingLive && !findings.isEmpty()) {
            boolean allKnown = findings.stream()
                    .allMatch(finding -> finding.verdict().health().status() == HealthStatus.MISSING);
            return Health.of(allKnown ? HealthStatus.MISSING : HealthStatus.UNKNOWN);
        }
        List<ResourceVerdict> counted = findings.stream()
                .filter(finding -> finding.healthCounts() && counts(application, finding.verdict()))
                .map(Finding::verdict)
                .toList();
        HealthStatus worst = HealthStatus.HEALTHY;
        for (ResourceVerdict verdict : counted) {
            if (verdict.health().status().worseThan(worst)) {
                worst = verdict.health().status();
            }
        }
        return new Health(worst, cause(worst, counted));
    }

    /// A child that is Missing or Unknown has nothing to say yet; an application that manages itself would never get
    /// well once it is ill.
    private static boolean counts(ApplicationName application, ResourceVerdict verdict) {
        ResourceId id = verdict.resource();
        if (!verdict.exists()) {
            return false;
        }
        if (!id.group().equals("argoproj.io") || !id.kind().equals("Application")) {
            return true;
        }
        boolean itself =
                id.namespace().equals(application.namespace()) && id.name().equals(application.name());
        return switch (verdict.health().status()) {
            case MISSING, UNKNOWN -> false;
            case HEALTHY, SUSPENDED, PROGRESSING, DEGRADED -> !itself;
        };
    }

    private static String cause(HealthStatus worst, List<ResourceVerdict> counted) {
        if (worst == HealthStatus.HEALTHY) {
            return "";
        }
        List<ResourceId> guilty = counted.stream()
                .filter(verdict -> verdict.health().status() == worst)
                .map(ResourceVerdict::resource)
                .toList();
        String named = guilty.stream().limit(NAMED).map(ResourceId::toString).collect(Collectors.joining(", "));
        return "Caused by " + named + (guilty.size() > NAMED ? " and " + (guilty.size() - NAMED) + " more" : "");
    }
}
