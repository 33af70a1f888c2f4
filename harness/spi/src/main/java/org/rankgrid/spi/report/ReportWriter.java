package org.rankgrid.spi.report;

import java.io.IOException;
import org.rankgrid.spi.Plugin;

/** Writes tables in one format. */
public interface ReportWriter extends Plugin {

    /** Usual ending of a file in this format, without the dot. */
    String fileExtension();

    /** Writes a table. */
    void write(Table table, Appendable out) throws IOException;
}
