/// Who calls: local accounts, their passwords, sessions and tokens, as Argo CD keeps them, so that
/// a token made by either server is good on the other.
@NullMarked
package io.driftless.auth;

import org.jspecify.annotations.NullMarked;
