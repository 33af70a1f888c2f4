/**
 * What tests of several allocators share.
 */
@NullMarked
package org.rankgrid.allocators;

import org.jspecify.annotations.NullMarked;
