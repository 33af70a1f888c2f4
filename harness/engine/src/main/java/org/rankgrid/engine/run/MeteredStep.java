package org.rankgrid.engine.run;

import org.rankgrid.engine.Progress;

/** A step that also moves the one around it, by so much a unit. */
final class MeteredStep implements Progress.Step {

    private final Progress.Step inner;
    private final Progress.Step outer;
    private final double each;
    private double owed;

    MeteredStep(Progress.Step inner, Progress.Step outer, double each) {
        this.inner = inner;
        this.outer = outer;
        this.each = each;
    }

    @Override
    public synchronized void advance(long units) {
        owed += units * each;
        long whole = (long) owed;
        owed -= whole;
        outer.advance(whole);
        inner.advance(units);
    }

    @Override
    public void close() {
        inner.close();
    }
}
