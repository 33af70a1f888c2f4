/**
 * Ranks from the Fisher information of single components, expanded again on the way to the target.
 */
@NullMarked
package org.rankgrid.allocators.componentfisher;

import org.jspecify.annotations.NullMarked;
