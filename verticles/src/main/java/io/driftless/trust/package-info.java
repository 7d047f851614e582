/// What an installation trusts beside its accounts: host keys and certificates of repository servers, public keys that
/// commits are signed with. Texts in the formats of SSH, X.509 and OpenPGP in, records out; no I/O.
@NullMarked
package io.driftless.trust;

import org.jspecify.annotations.NullMarked;
