/** Reading of JSON lines, one checked object at a time. */
@NullMarked
package org.rankgrid.data.jsonl;

import org.jspecify.annotations.NullMarked;
