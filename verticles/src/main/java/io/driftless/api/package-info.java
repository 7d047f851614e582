/// The door for people and their tools: REST under Argo CD's paths, the event stream, the web page. It keeps a
/// read model of every topic and decides nothing.
@NullMarked
package io.driftless.api;

import org.jspecify.annotations.NullMarked;
