package org.rankgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MachineProbeTest {

    @Test
    void everyFigureIsANumberAboveZero() {
        MachineProbe probe = MachineProbe.measure(new MachineProbe.Effort(1000, 1 << 20));
        assertThat(DoubleStream.of(
                        probe.peakOneCore(), probe.peakAllCores(), probe.readOneCore(), probe.readAllCores()))
                .allMatch(value -> value > 0 && Double.isFinite(value));
        assertThat(probe.text()).contains(Provenance.cpu());
        assertThat(probe.peakGflops(probe.cores())).isEqualTo(probe.peakAllCores());
    }

    @Test
    void theBetterOfTwoMeasurementsCounts() {
        MachineProbe first = new MachineProbe(2, 512, 100, 150, 10, 20);
        MachineProbe second = new MachineProbe(2, 512, 90, 200, 11, 19);
        assertThat(first.or(second)).isEqualTo(new MachineProbe(2, 512, 100, 200, 11, 20));
        assertThat(first.peakGflops(1)).isEqualTo(100);
        assertThat(first.peakGflops(2)).isEqualTo(150);
    }

    @Test
    void flagsThatNameFoldersAreNotWrittenDown() {
        assertThat(Provenance.flags(
                        List.of("-XX:+UseParallelGC", "-Duser.dir=/home/somebody", "-Drankgrid.vector.bits=256")))
                .containsExactly("-XX:+UseParallelGC", "-Drankgrid.vector.bits=256");
        assertThat(Provenance.rounded(123.456)).isEqualTo(123);
    }
}
