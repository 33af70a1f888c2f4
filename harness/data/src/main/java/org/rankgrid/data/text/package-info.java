/** Text files read strictly, and suggestions for misspelt names. */
@NullMarked
package org.rankgrid.data.text;

import org.jspecify.annotations.NullMarked;
