package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Limits;

/// Counts what a build costs and ends it at the limits.
public final class Budget {
    private final Limits limits;
    private long bytes;
    private int directories;

    public Budget(Limits limits) {
        this.limits = limits;
    }

    /// A build that asks for more than it may.
    public static final class Exceeded extends KustomizeException {
        private static final long serialVersionUID = 1;

        Exceeded(String message) {
            super(message);
        }
    }

    Limits limits() {
        return limits;
    }

    void read(String path, int size) {
        if (size > limits.fileBytes()) {
            throw new Exceeded("the file '" + path + "' has " + size + " bytes, more than the " + limits.fileBytes()
                    + " allowed; split it into smaller files");
        }
        bytes += size;
        if (bytes > limits.totalBytes()) {
            throw new Exceeded("the build reads more than the " + limits.totalBytes() + " bytes allowed, at file '"
                    + path + "'; include fewer files");
        }
    }

    void enter(int depth, String path) {
        if (depth > limits.baseDepth()) {
            throw new Exceeded("'" + path + "' is included through more than the " + limits.baseDepth()
                    + " kustomizations allowed; flatten the bases");
        }
        if (++directories > limits.directories()) {
            throw new Exceeded("the build includes more than the " + limits.directories() + " directories allowed, at '"
                    + path + "'");
        }
    }

    void holds(int resources) {
        if (resources > limits.resources()) {
            throw new Exceeded("the build holds more than the " + limits.resources() + " resources allowed");
        }
    }
}
