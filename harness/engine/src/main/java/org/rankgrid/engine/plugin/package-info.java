/**
 * Plugins: discovered on the class path and in jars, checked, and kept by id together with where they came from.
 */
@NullMarked
package org.rankgrid.engine.plugin;

import org.jspecify.annotations.NullMarked;
