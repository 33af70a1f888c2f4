/** Scores of plans on the validation text, each computed once. s counts validation sequences, b boundaries of blocks. */
@NullMarked
package org.rankgrid.engine.trial;

import org.jspecify.annotations.NullMarked;
