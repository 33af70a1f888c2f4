/**
 * Plans of an independent reference implementation that allocators and repair have to reproduce.
 */
@NullMarked
package org.rankgrid.allocators.golden;

import org.jspecify.annotations.NullMarked;
