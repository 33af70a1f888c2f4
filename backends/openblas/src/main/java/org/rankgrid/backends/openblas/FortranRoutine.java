package org.rankgrid.backends.openblas;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Fortran subroutine: every argument by reference, and behind them the length of each string, all of which are single
 * letters here.
 */
final class FortranRoutine {

    private final String name;
    private final int pointers;
    private final Object[] lengths;
    private final MemorySegment symbol;
    private final Linked offHeap;
    private final Linked onHeap;

    /**
     * A routine, not linked yet: that takes some twenty milliseconds, and many a process never calls it.
     *
     * @param symbol where it is
     * @param pointers number of its arguments
     * @param strings how many of them are strings
     */
    FortranRoutine(MemorySegment symbol, String name, int pointers, int strings) {
        this.name = name;
        this.pointers = pointers;
        this.symbol = symbol;
        lengths = new Object[strings];
        Arrays.fill(lengths, 1L);
        offHeap = new Linked();
        onHeap = new Linked(Linker.Option.critical(true));
    }

    /** A way to call the routine, made when it is first gone. Safe for several threads, which may both make it. */
    private final class Linked {

        private final Linker.Option[] options;
        private volatile @Nullable MethodHandle handle;

        private Linked(Linker.Option... options) {
            this.options = options;
        }

        private MethodHandle handle() {
            MethodHandle made = handle;
            if (made == null) {
                made = link();
                handle = made;
            }
            return made;
        }

        private MethodHandle link() {
            MemoryLayout[] layouts = new MemoryLayout[pointers + lengths.length];
            Arrays.fill(layouts, 0, pointers, ValueLayout.ADDRESS);
            Arrays.fill(layouts, pointers, layouts.length, ValueLayout.JAVA_LONG);
            return Linker.nativeLinker()
                    .downcallHandle(symbol, FunctionDescriptor.ofVoid(layouts), options)
                    .asSpreader(Object[].class, layouts.length);
        }
    }

    /** Calls it on memory outside the heap alone. */
    void callOffHeap(MemorySegment... arguments) {
        call(offHeap.handle(), arguments);
    }

    /** Calls it; heap segments may be among the arguments only if the workspace is for short calls. */
    void call(Workspace workspace, MemorySegment... arguments) {
        call((workspace.isShort() ? onHeap : offHeap).handle(), arguments);
    }

    private void call(MethodHandle handle, MemorySegment[] arguments) {
        if (arguments.length != pointers) {
            throw new IllegalArgumentException(name + " takes " + pointers + " arguments, not " + arguments.length);
        }
        Object[] all = Arrays.copyOf(arguments, pointers + lengths.length, Object[].class);
        System.arraycopy(lengths, 0, all, pointers, lengths.length);
        try {
            handle.invokeExact(all);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " failed", e);
        }
    }

    /** Its name in Fortran, for messages. */
    String name() {
        return name;
    }
}
