package org.rankgrid.bench;

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
        assertThat(probe.asJvmArguments())
                .containsExactly(
                        "-Drankgrid.bench.peak.one=" + probe.peakOneCore(),
                        "-Drankgrid.bench.peak.all=" + probe.peakAllCores());
    }

    @Test
    void flagsThatNameFoldersAreNotWrittenDown() {
        assertThat(Provenance.flags(
                        List.of("-XX:+UseParallelGC", "-Duser.dir=/home/somebody", "-Drankgrid.vector.bits=256")))
                .containsExactly("-XX:+UseParallelGC", "-Drankgrid.vector.bits=256");
        assertThat(Provenance.rounded(123.456)).isEqualTo(123);
    }
}
