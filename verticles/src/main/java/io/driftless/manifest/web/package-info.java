/// Files of web servers that kustomizations name: which hosts may be asked, and what was last read of each.
@NullMarked
package io.driftless.manifest.web;

import org.jspecify.annotations.NullMarked;
