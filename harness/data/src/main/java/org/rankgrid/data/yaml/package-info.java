/**
 * YAML as a tree whose every node knows where it stands, so that what is wrong with a file can be said with line and column.
 */
@NullMarked
package org.rankgrid.data.yaml;

import org.jspecify.annotations.NullMarked;
