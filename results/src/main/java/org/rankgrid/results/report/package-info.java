/**
 * Tables of results for people, and the formats they are written in.
 */
@NullMarked
package org.rankgrid.results.report;

import org.jspecify.annotations.NullMarked;
