package io.driftless.manifest.archive;

import io.driftless.manifest.render.RenderLimits;

/// Bounds of one archive, so that none can exhaust the process.
///
/// @param unpackedBytes size of the archive once it is decompressed
/// @param keptBytes size of a file whose content is kept; a larger one is there, and no render reads it
/// @param entries files and directories, those that are only named by what lies in them counted too
public record ArchiveLimits(long unpackedBytes, int keptBytes, int entries) {
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(48L << 20, RenderLimits.DEFAULT.fileBytes(), 50_000);
}
