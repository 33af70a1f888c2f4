/**
 * A local search that moves parameters between layers while paired trials say that it pays.
 */
@NullMarked
package org.rankgrid.allocators.localsearch;

import org.jspecify.annotations.NullMarked;
