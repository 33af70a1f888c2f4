package org.rankgrid.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.rankgrid.engine.Progress;

/**
 * Shows how far the work has come, with an estimate of what is left: on a terminal one line that is drawn anew, elsewhere a
 * line every ten seconds. Steps may hold steps; the outermost one gives the estimate.
 */
final class TerminalProgress implements Progress {

    private static final long REDRAW_NANOS = 200_000_000;
    private static final long QUIET_NANOS = 10_000_000_000L;
    private static final int WIDTH = 79;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Deque<Bar> bars = new ArrayDeque<>();
    private long lastDrawn = System.nanoTime();
    private double openEnded;

    /**
     * A progress.
     *
     * @param out where it is shown: standard error
     * @param terminal whether a person watches it on a terminal
     */
    TerminalProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A progress on standard error; the starting script knows whether that is a terminal. */
    static TerminalProgress on(PrintWriter err) {
        return new TerminalProgress(err, Boolean.getBoolean("rankgrid.terminal"));
    }

    @Override
    public synchronized Step begin(String title, long total, String unit) {
        return add(new Bar(title, Math.max(1, total), unit, false));
    }

    @Override
    public synchronized Step beginOpenEnded(String title) {
        return add(new Bar(title, Long.MAX_VALUE, "", true));
    }

    private Bar add(Bar bar) {
        bars.addLast(bar);
        draw(true);
        return bar;
    }

    /** Prints a line that stays, above the moving one. */
    synchronized void say(String line) {
        out.print(terminal ? ERASE_LINE + line + System.lineSeparator() : line + System.lineSeparator());
        out.flush();
        lastDrawn = terminal ? 0 : System.nanoTime();
    }

    private void draw(boolean now) {
        Bar inner = bars.peekLast();
        if (inner == null) {
            return;
        }
        long time = System.nanoTime();
        if (terminal) {
            if (now || time - lastDrawn > REDRAW_NANOS) {
                out.print(ERASE_LINE + cut(line(inner)));
                out.flush();
                lastDrawn = time;
            }
        } else if (time - lastDrawn > QUIET_NANOS) {
            out.println(line(inner));
            out.flush();
            lastDrawn = time;
        }
    }

    private String line(Bar inner) {
        Bar outer = bars.getFirst();
        StringBuilder text = new StringBuilder();
        for (Bar bar : bars) {
            if (bar == outer || bar == inner || bar.openEnded) {
                text.append(bar == outer ? "" : ": ").append(bar.title);
            }
        }
        if (inner.done > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %d%%  %.0f %s/s",
                    percent(inner.share()),
                    inner.done / inner.seconds(),
                    inner.unit));
        }
        double share = overall();
        if (share > 0.01) {
            double left = (outer.seconds() - openEndedSeconds()) * (1 - share) / share;
            text.append("  ETA ").append(duration(Duration.ofSeconds(Math.round(left))));
        }
        return text.toString();
    }

    /** A line that wraps could not be erased. */
    private static String cut(String line) {
        return line.substring(0, Math.min(line.length(), WIDTH));
    }

    /** The share of the outermost step that is done, the running inner step counted in part. */
    private double overall() {
        Bar outer = bars.getFirst();
        return Math.min(1, outer.share());
    }

    /** Time spent on work that no share is known of. */
    private double openEndedSeconds() {
        return openEnded
                + bars.stream()
                        .filter(bar -> bar.openEnded)
                        .limit(1)
                        .mapToDouble(Bar::seconds)
                        .sum();
    }

    private static int percent(double share) {
        return (int) Math.floor(100 * Math.min(1, share));
    }

    /** A duration as people say it: 42 s, 3 min 20 s, 2 h 5 min. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private final class Bar implements Step {

        private final String title;
        private final long total;
        private final String unit;
        private final boolean openEnded;
        private final long began = System.nanoTime();
        private long done;

        Bar(String title, long total, String unit, boolean openEnded) {
            this.title = title;
            this.total = total;
            this.unit = unit;
            this.openEnded = openEnded;
        }

        @Override
        public void advance(long units) {
            synchronized (TerminalProgress.this) {
                done += units;
                draw(false);
            }
        }

        @Override
        public void close() {
            synchronized (TerminalProgress.this) {
                bars.remove(this);
                if (bars.isEmpty()) {
                    TerminalProgress.this.openEnded = 0;
                } else if (openEnded) {
                    TerminalProgress.this.openEnded += seconds();
                }
                if (terminal && bars.isEmpty()) {
                    out.print(ERASE_LINE);
                    out.flush();
                }
            }
        }

        private double share() {
            return (double) done / total;
        }

        private double seconds() {
            return Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        }
    }
}
