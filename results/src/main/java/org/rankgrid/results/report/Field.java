package org.rankgrid.results.report;

import java.util.function.Function;
import org.rankgrid.results.cell.CellResult;

/**
 * A column and what stands in it for a cell.
 *
 * @param name its head
 * @param numeric whether it stands to the right
 * @param text of a cell; empty if there is nothing to show
 */
record Field(String name, boolean numeric, Function<CellResult, String> text) {}
