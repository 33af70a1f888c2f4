/**
 * A fixed rule: values stay dense, queries and keys pay for them (LoRD, as Bolaco uses it).
 */
@NullMarked
package org.rankgrid.allocators.lord;

import org.jspecify.annotations.NullMarked;
