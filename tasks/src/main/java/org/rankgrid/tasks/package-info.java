/**
 * Tasks: what is asked of a model as text, and how answers become scores; a catalogue of task files in YAML, and a person's own.
 */
@NullMarked
package org.rankgrid.tasks;

import org.jspecify.annotations.NullMarked;
