package io.driftless.objects.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/// One document of a file and the line, counted from 1, on which its content starts.
public record Document(JsonNode value, int line) {}
