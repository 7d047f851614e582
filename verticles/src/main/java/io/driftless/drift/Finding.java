package io.driftless.drift;

import io.driftless.events.DriftEvent.ResourceVerdict;

/// What was found out about a resource, and what of it counts for the application.
///
/// @param verdict what is published
/// @param statusCounts whether its sync status counts
/// @param healthCounts whether its health counts
record Finding(ResourceVerdict verdict, boolean statusCounts, boolean healthCounts) {}
