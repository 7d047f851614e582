package io.driftless.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The published name of an event record, without the common prefix: `repository-pushed.v1` is
/// `io.driftless.repository-pushed.v1` in `ce_type`. A change of meaning is a new version; optional
/// fields may be added within one.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    String value();
}
