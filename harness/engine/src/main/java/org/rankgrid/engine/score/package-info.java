/** From a task's strings to token sequences, passes through the model, log-probabilities and answers. */
@NullMarked
package org.rankgrid.engine.score;

import org.jspecify.annotations.NullMarked;
