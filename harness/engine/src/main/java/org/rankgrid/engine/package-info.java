/**
 * The way of the data, a package a station: grid, plugin, calibrate, decompose, allocate, compress, score, run, and the
 * cache under them; trial, gradient and mask measure for an allocator while it runs. Nothing here knows a plugin by name.
 */
@NullMarked
package org.rankgrid.engine;

import org.jspecify.annotations.NullMarked;
