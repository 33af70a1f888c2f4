/**
 * Tasks: what is asked of a model, as strings, and how the answers become scores.
 */
@NullMarked
package org.rankgrid.spi.task;

import org.jspecify.annotations.NullMarked;
