package io.driftless.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.events.ApplicationSpec.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @Test
    void waitsGrowByTheFactorUpToTheLongest() {
        Retry retry = new Retry(5, 5_000, 2, 60_000);

        assertThat(Backoff.retry(retry, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Backoff.retry(retry, 3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(Backoff.retry(retry, 4)).isEqualTo(Duration.ofSeconds(60));
    }

    /// As it can be written past the API.
    @ParameterizedTest
    @CsvSource({"0,0,0", "0,1000000000,0", "1,1,0", "5000,1000000000,0", "9223372036854775807,2147483647,0", "0,2,1"})
    void a10WhateverIsWrittenNoRetryRunsHotAndNoneWaitsForever(long duration, int factor, long longest) {
        Retry retry = new Retry(-1, duration, factor, longest);
        for (int attempt : new int[] {0, 1, 2, 3, 10, 100, 100_000, Integer.MAX_VALUE}) {
            assertThat(Backoff.retry(retry, attempt))
                    .as("attempt %s", attempt)
                    .isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }
}
