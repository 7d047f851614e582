/// YAML as Kubernetes tools written in Go read it, straight into
/// [com.fasterxml.jackson.databind.JsonNode], and YAML for people to read. Everything a document
/// can do to its reader (aliases, depth, size) is bounded.
@NullMarked
package io.driftless.objects.yaml;

import org.jspecify.annotations.NullMarked;
