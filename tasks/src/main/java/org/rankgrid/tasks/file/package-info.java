/** Task files as text: where they stand, what they include, and typed access to their keys. */
@NullMarked
package org.rankgrid.tasks.file;

import org.jspecify.annotations.NullMarked;
