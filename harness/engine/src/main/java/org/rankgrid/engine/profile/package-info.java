/**
 * Profiles: how families of papers measure, as defaults for the options of tasks.
 */
@NullMarked
package org.rankgrid.engine.profile;

import org.jspecify.annotations.NullMarked;
