/**
 * Measures this machine, its backends and whole models, each beside what the machine can do at most. Letters: m rows of a weight, n
 * its columns, t tokens.
 */
@NullMarked
package org.rankgrid.cli.bench;

import org.jspecify.annotations.NullMarked;
