/// The whole pipeline from outside: a Git host, a cluster and Driftless between them. What is asserted is what a user
/// would see: objects of the cluster, `.status` of Applications, answers of the API, records on Kafka.
@NullMarked
package io.driftless.pipeline;

import org.jspecify.annotations.NullMarked;
