package org.rankgrid.backends.scalar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackwardOperations;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** A backend on the host: tensors in memory segments, computed on by some {@link HostKernels}. */
public final class HostBackend implements Backend {

    private final String id;
    private final SequencedMap<String, String> facts;
    private final HostKernels kernels;
    private final Operations operations;
    private final BackwardOperations backward;
    private final SequencedSet<HostScope> scopes = new LinkedHashSet<>();
    private boolean closed;

    /**
     * An open backend.
     *
     * @param id the provider's id
     * @param facts what runs, for the provenance
     * @param kernels what computes; closed with the backend
     */
    public HostBackend(String id, SequencedMap<String, String> facts, HostKernels kernels) {
        this.id = id;
        this.facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        this.kernels = kernels;
        this.operations = new CheckedOperations(kernels);
        this.backward = new CheckedBackwardOperations(kernels.backward());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SequencedMap<String, String> facts() {
        return facts;
    }

    @Override
    public Scope scope() {
        if (closed) {
            throw new IllegalStateException("backend " + id + " is closed");
        }
        HostScope scope = new HostScope(kernels, scopes::remove);
        scopes.add(scope);
        return scope;
    }

    @Override
    public Operations operations() {
        return operations;
    }

    @Override
    public BackwardOperations backward() {
        return backward;
    }

    @Override
    public void download(Tensor tensor, int firstRow, int count, float[] into) {
        HostTensor from = HostTensor.of(tensor);
        if (firstRow < 0 || count < 0 || count > from.rows() - firstRow) {
            throw new IllegalArgumentException(
                    "rows " + firstRow + " to " + ((long) firstRow + count) + " are not within a " + from + " tensor");
        }
        if (into.length < (long) count * from.columns()) {
            throw new IllegalArgumentException(
                    "an array of " + into.length + " has no room for " + count + " x " + from.columns() + " values");
        }
        from.readRows(firstRow, count, into);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(scopes).forEach(HostScope::close);
            kernels.close();
        }
    }
}
