/** The loss of a model under masks on the components of its layers, and its gradient. */
@NullMarked
package org.rankgrid.engine.mask;

import org.jspecify.annotations.NullMarked;
