/** Python's semantics of strings and values, where rendering and scoring must agree with Python programs. */
@NullMarked
package org.rankgrid.tasks.python;

import org.jspecify.annotations.NullMarked;
