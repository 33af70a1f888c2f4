/**
 * Greedy removal in shrinking bites.
 */
@NullMarked
package org.rankgrid.allocators.mrcs;

import org.jspecify.annotations.NullMarked;
