/**
 * Options a plugin declares once; validation, help, the JSON schema and did-you-mean come from the declaration.
 */
@NullMarked
package org.rankgrid.spi.option;

import org.jspecify.annotations.NullMarked;
