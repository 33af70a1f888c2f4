/**
 * Grid files: read, validated and expanded into cells, each with an id of everything that determines its weights.
 */
@NullMarked
package org.rankgrid.engine.grid;

import org.jspecify.annotations.NullMarked;
