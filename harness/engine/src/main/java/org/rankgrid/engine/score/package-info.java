/** From a task's strings to token windows, log-probabilities and answers. */
@NullMarked
package org.rankgrid.engine.score;

import org.jspecify.annotations.NullMarked;
