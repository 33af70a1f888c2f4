/** Parquet files as rows, read by DuckDB: an optional plugin. */
@NullMarked
package org.rankgrid.parquet;

import org.jspecify.annotations.NullMarked;
