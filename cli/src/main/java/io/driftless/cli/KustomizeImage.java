package io.driftless.cli;

/// An image of `spec.source.kustomize.images`, written `[NAME=]IMAGE[:TAG][@DIGEST]`.
final class KustomizeImage {
    private KustomizeImage() {}

    /// The name of the image that is replaced.
    static String name(String image) {
        int equals = image.indexOf('=');
        if (equals >= 0) {
            return image.substring(0, equals);
        }
        int at = image.indexOf('@');
        String undigested = at < 0 ? image : image.substring(0, at);
        int colon = undigested.lastIndexOf(':');
        // A colon before a slash belongs to the port of a registry.
        return colon > undigested.lastIndexOf('/') ? undigested.substring(0, colon) : undigested;
    }
}
