/** Tests of checkpoints, and the weights in memory that the tests of this module use. */
@NullMarked
package org.rankgrid.model;

import org.jspecify.annotations.NullMarked;
