/** The words for humans: verbs, progress, tables, exit codes. */
@NullMarked
package org.rankgrid.cli;

import org.jspecify.annotations.NullMarked;
