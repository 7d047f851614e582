package io.driftless.bench;

import java.util.List;

/// What [KustomizeMeter] measured of one figure.
///
/// @param millis CPU of the rendering thread for each warm run
/// @param processMillis CPU of the whole process, the mean of the same runs
/// @param resources objects of one result
/// @param allocatedMiB what one run allocates
/// @param peakHeapMiB the most heap in use
record KustomizeSamples(
        List<Double> millis, double processMillis, int resources, double allocatedMiB, double peakHeapMiB) {}
