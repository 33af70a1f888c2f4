/** Tasks whose items are continuations to choose from: how rows become requests, and answers verdicts and scores. */
@NullMarked
package org.rankgrid.tasks.choice;

import org.jspecify.annotations.NullMarked;
