/**
 * Energy curves scaled by one measured loss a layer.
 */
@NullMarked
package org.rankgrid.allocators.lems;

import org.jspecify.annotations.NullMarked;
