/**
 * The way of the data, a package a station: grid, plugin, calibrate, decompose, allocate, compress, score, run, and the
 * cache under them. Nothing here knows a plugin by name.
 */
@NullMarked
package org.rankgrid.engine;

import org.jspecify.annotations.NullMarked;
