package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.rankgrid.backends.scalar.HostLinear;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.Activation;

/**
 * Two linear layers that read the same rows, and their gate, on all threads: both are computed a few columns at a time for a
 * block of rows, activated and multiplied while they are near, and only the product is written to memory.
 */
final class GatedGemm implements AutoCloseable {

    /** Panels of columns at a time: both sides of a block of rows fit the second cache beside the rows. */
    private static final int PANELS = 4;

    private static final int COLUMNS = PANELS * MicroKernel.COLUMNS;

    private final WorkerPool pool;
    private final Workspace[] workspaces;

    GatedGemm(WorkerPool pool) {
        this.pool = pool;
        this.workspaces = Stream.generate(Workspace::new).limit(pool.threads()).toArray(Workspace[]::new);
    }

    /** out = activation(G x + g) * (U x + u); x t by n, out t by m. */
    void multiply(HostTensor x, HostLinear gate, HostLinear up, Activation activation, HostTensor out) {
        int panels = Math.ceilDiv(out.columns(), MicroKernel.COLUMNS);
        boolean wholeRows = gate instanceof HostLinear.LowRank || up instanceof HostLinear.LowRank;
        Partition parts = wholeRows
                ? Partition.ofRows(x.rows(), panels, pool.threads())
                : Partition.of(x.rows(), panels, pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            Workspace own = workspaces[worker];
            int row = parts.firstRow(task);
            int count = parts.rowCount(task);
            own.take(x, gate, up, row, count);
            for (int panel = parts.firstUnit(task); panel < parts.lastUnit(task); panel += PANELS) {
                own.compute(gate, up, panel, Math.min(panel + PANELS, parts.lastUnit(task)), activation);
                int column = panel * MicroKernel.COLUMNS;
                int columns = Math.min(parts.lastUnit(task) * MicroKernel.COLUMNS, out.columns()) - column;
                own.write(out, row, count, column, Math.min(columns, COLUMNS));
            }
        });
    }

    @Override
    public void close() {
        for (Workspace workspace : workspaces) {
            workspace.close();
        }
    }

    /** What one thread keeps between calls: one side of the gate, the other, and what they read. */
    private static final class Workspace {

        private final RowBlock rows = new RowBlock();
        private final BlockProduct product = new BlockProduct();
        private final Side gate = new Side();
        private final Side up = new Side();

        /** Takes a block of rows. */
        void take(HostTensor x, HostLinear gateLayer, HostLinear upLayer, int row, int count) {
            rows.take(x.data(), x.offset(row), count, x.columns());
            gate.take(rows, gateLayer, product);
            up.take(rows, upLayer, product);
        }

        /** Computes a few columns of both sides and activates those of the gate. */
        void compute(HostLinear gateLayer, HostLinear upLayer, int panel, int lastPanel, Activation activation) {
            MemorySegment gates = gate.columns(gateLayer, panel, lastPanel, product);
            up.columns(upLayer, panel, lastPanel, product);
            ElementWise.activate(gates, activation, 0, (long) rows.rows() * COLUMNS);
        }

        /** Writes the product of both sides. */
        void write(HostTensor out, int row, int count, int column, int columns) {
            MemorySegment gates = gate.columns.floats((long) count * COLUMNS);
            MemorySegment ups = up.columns.floats((long) count * COLUMNS);
            for (int i = 0; i < count; i++) {
                multiply(gates, ups, (long) i * COLUMNS, out.data(), out.offset(row + i) + column, columns);
            }
        }

        private static void multiply(
                MemorySegment gates, MemorySegment ups, long from, MemorySegment out, long at, int columns) {
            int whole = Lanes.FLOATS.loopBound(columns);
            for (int j = 0; j < whole; j += Lanes.WIDTH) {
                Lanes.store(Lanes.load(gates, from + j).mul(Lanes.load(ups, from + j)), out, at + j);
            }
            if (whole < columns) {
                Lanes.store(
                        Lanes.load(gates, from + whole).mul(Lanes.load(ups, from + whole)),
                        out,
                        at + whole,
                        columns - whole);
            }
        }

        void close() {
            gate.close();
            up.close();
        }
    }

    /** One of the two layers. */
    private static final class Side {

        private final RowBlock innerRows = new RowBlock();
        private final NativeScratch inner = new NativeScratch();
        private final NativeScratch columns = new NativeScratch();
        private RowBlock input = innerRows;

        /** Takes what the layer's last matrix reads: the rows, or what the first factor makes of them. */
        void take(RowBlock rows, HostLinear layer, BlockProduct product) {
            switch (layer) {
                case HostLinear.Dense _ -> input = rows;
                case HostLinear.LowRank factors -> {
                    PackedMatrix right = PackedMatrix.of(factors.right());
                    int stride = Lanes.roundUp(right.rows(), Lanes.WIDTH);
                    MemorySegment values = inner.floats((long) rows.rows() * stride);
                    product.multiply(rows, right, 0, right.panels(), null, values, 0, stride);
                    innerRows.take(values, 0, rows.rows(), right.rows(), stride);
                    input = innerRows;
                }
            }
        }

        /** A few columns of the layer, rows by {@link GatedGemm#COLUMNS}. */
        MemorySegment columns(HostLinear layer, int panel, int lastPanel, BlockProduct product) {
            PackedMatrix last = switch (layer) {
                case HostLinear.Dense dense -> PackedMatrix.of(dense.weight());
                case HostLinear.LowRank factors -> PackedMatrix.of(factors.left());
            };
            MemorySegment bias = layer.bias() == null ? null : layer.bias().data();
            MemorySegment values = columns.floats((long) input.rows() * COLUMNS);
            product.multiply(input, last, panel, lastPanel, bias, values, 0, COLUMNS);
            return values;
        }

        void close() {
            inner.close();
            columns.close();
        }
    }
}
