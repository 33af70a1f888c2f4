/** Texts by name: the bundled corpora, and files of text or JSON lines. */
@NullMarked
package org.rankgrid.data.corpus;

import org.jspecify.annotations.NullMarked;
