/// What operators want to hear of for the sake of security: one line each, found by its logger and its level.
@NullMarked
package io.driftless.security;

import org.jspecify.annotations.NullMarked;
