/**
 * OpenBLAS, or another library with the same Fortran symbols, called through the foreign function interface: decompositions
 * by LAPACK, and a backend whose products are SGEMM. m rows or features out, n columns or features in, k inner, t tokens.
 */
@NullMarked
package org.rankgrid.backends.openblas;

import org.jspecify.annotations.NullMarked;
