/// Changes to the text of a kustomization file that leave the rest of it, comments above all, where it is.
@NullMarked
package io.driftless.cli.kustomize.edit;

import org.jspecify.annotations.NullMarked;
