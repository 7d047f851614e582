/// Who may do what, in Argo CD's policy language.
@NullMarked
package io.driftless.rbac;

import org.jspecify.annotations.NullMarked;
