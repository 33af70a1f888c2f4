package org.rankgrid.backends.openblas;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * A Fortran subroutine: every argument by reference, and behind them the length of each string, all of which are single
 * letters here.
 */
final class FortranRoutine {

    private final String name;
    private final int pointers;
    private final Object[] lengths;
    private final MethodHandle offHeap;
    private final MethodHandle onHeap;

    private FortranRoutine(String name, int pointers, Object[] lengths, MethodHandle offHeap, MethodHandle onHeap) {
        this.name = name;
        this.pointers = pointers;
        this.lengths = lengths;
        this.offHeap = offHeap;
        this.onHeap = onHeap;
    }

    static FortranRoutine link(Linker linker, MemorySegment symbol, String name, int pointers, int strings) {
        MemoryLayout[] layouts = new MemoryLayout[pointers + strings];
        Arrays.fill(layouts, 0, pointers, ValueLayout.ADDRESS);
        Arrays.fill(layouts, pointers, layouts.length, ValueLayout.JAVA_LONG);
        FunctionDescriptor descriptor = FunctionDescriptor.ofVoid(layouts);
        Object[] lengths = new Object[strings];
        Arrays.fill(lengths, 1L);
        return new FortranRoutine(
                name,
                pointers,
                lengths,
                spread(linker.downcallHandle(symbol, descriptor), layouts.length),
                spread(linker.downcallHandle(symbol, descriptor, Linker.Option.critical(true)), layouts.length));
    }

    private static MethodHandle spread(MethodHandle handle, int arguments) {
        return handle.asSpreader(Object[].class, arguments);
    }

    /** Calls it on memory outside the heap alone. */
    void callOffHeap(MemorySegment... arguments) {
        call(offHeap, arguments);
    }

    /** Calls it; heap segments may be among the arguments only if the workspace is for short calls. */
    void call(Workspace workspace, MemorySegment... arguments) {
        call(workspace.isShort() ? onHeap : offHeap, arguments);
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
