/**
 * What is known of one cell of a grid, and the files it is kept in: {@code result.json}, {@code items.jsonl},
 * {@code ranks.json} and the list {@code cells.json}.
 */
@NullMarked
package org.rankgrid.results.cell;

import org.jspecify.annotations.NullMarked;
