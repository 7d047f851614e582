/// Who asks, and what their roles let them do. Pure: roles and bindings come in as values.
@NullMarked
package io.driftless.sandbox.access;

import org.jspecify.annotations.NullMarked;
