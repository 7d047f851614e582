/// What a namespace may hold and use: limit ranges that fill in and bound, quotas that count. Knows objects as data
/// alone.
@NullMarked
package io.driftless.sandbox.quota;

import org.jspecify.annotations.NullMarked;
