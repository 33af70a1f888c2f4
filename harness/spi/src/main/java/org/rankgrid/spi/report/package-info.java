/**
 * Report writers: rows in, text out.
 */
@NullMarked
package org.rankgrid.spi.report;

import org.jspecify.annotations.NullMarked;
