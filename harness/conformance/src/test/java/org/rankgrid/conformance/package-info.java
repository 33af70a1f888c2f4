/** The whole house against numbers it did not make: families and goldens on every backend, grids end to end, the room table. */
@NullMarked
package org.rankgrid.conformance;

import org.jspecify.annotations.NullMarked;
