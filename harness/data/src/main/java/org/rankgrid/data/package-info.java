/** What the machine offers: environment variables and the user's folders. */
@NullMarked
package org.rankgrid.data;

import org.jspecify.annotations.NullMarked;
