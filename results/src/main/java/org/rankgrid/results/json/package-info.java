/**
 * JSON as results are written and read: stable, finite, strict, and with errors that say where.
 */
@NullMarked
package org.rankgrid.results.json;

import org.jspecify.annotations.NullMarked;
