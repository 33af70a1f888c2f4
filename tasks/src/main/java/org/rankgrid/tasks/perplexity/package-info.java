/** Perplexity: of a corpus in windows, of its documents, and by lm-evaluation-harness's rolling windows. */
@NullMarked
package org.rankgrid.tasks.perplexity;

import org.jspecify.annotations.NullMarked;
