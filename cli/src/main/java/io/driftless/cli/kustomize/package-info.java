/// `driftless kustomize …`: the commands of the kustomize command line that people and scripts use,
/// with its output, its messages and its exit codes.
@NullMarked
package io.driftless.cli.kustomize;

import org.jspecify.annotations.NullMarked;
