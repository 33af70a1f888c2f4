/**
 * What allocators that search share: scores of plans on the validation text.
 */
@NullMarked
package org.rankgrid.allocators.trial;

import org.jspecify.annotations.NullMarked;
