/**
 * Ranks read from a file and scored as they are: those of a cell, those of papers, those of Dobi-SVD.
 */
@NullMarked
package org.rankgrid.allocators.ranks;

import org.jspecify.annotations.NullMarked;
