/// A real Kubernetes cluster on the loopback address: etcd, API server, controller manager, scheduler, and kwok as its
/// one node.
@NullMarked
package io.driftless.localcluster;

import org.jspecify.annotations.NullMarked;
