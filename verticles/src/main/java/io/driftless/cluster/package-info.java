/// Access to Kubernetes API servers, as JSON documents over the client's HTTP connections. Shared by the stages that
/// touch clusters.
@NullMarked
package io.driftless.cluster;

import org.jspecify.annotations.NullMarked;
