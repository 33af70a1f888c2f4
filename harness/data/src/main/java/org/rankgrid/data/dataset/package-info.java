/** Data sets by name: bundled ones, files of a person in JSON or a plugin's format, and the hub cache. */
@NullMarked
package org.rankgrid.data.dataset;

import org.jspecify.annotations.NullMarked;
