/// What an installation of Argo CD keeps in its ConfigMaps and Secrets, as it is now.
@NullMarked
package io.driftless.settings;

import org.jspecify.annotations.NullMarked;
