/** Templates of task files: the part of Jinja2 that lm-evaluation-harness's tasks use, strict about everything else. */
@NullMarked
package org.rankgrid.tasks.template;

import org.jspecify.annotations.NullMarked;
