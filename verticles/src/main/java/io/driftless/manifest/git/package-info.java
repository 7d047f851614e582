/// Git as the manifest stage sees it: bare mirrors of the repositories, the shortest way to a
/// pushed commit, and the trees of commits read straight from the object store. Nothing is ever
/// checked out.
@NullMarked
package io.driftless.manifest.git;

import org.jspecify.annotations.NullMarked;
