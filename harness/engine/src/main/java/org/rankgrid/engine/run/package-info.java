/** The stations in their order: the only package that knows them all. */
@NullMarked
package org.rankgrid.engine.run;

import org.jspecify.annotations.NullMarked;
