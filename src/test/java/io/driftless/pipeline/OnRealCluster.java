package io.driftless.pipeline;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tests that are given a stand on a real API server with its controllers. Reported as skipped where its programs are
/// not there.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnRealCluster {}
