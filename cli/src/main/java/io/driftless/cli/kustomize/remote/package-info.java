/// What `kustomize build` reads over the network: Git repositories and files of web servers, with the user's own
/// rights.
@NullMarked
package io.driftless.cli.kustomize.remote;

import org.jspecify.annotations.NullMarked;
