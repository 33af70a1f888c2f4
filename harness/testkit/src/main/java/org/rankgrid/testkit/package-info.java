/**
 * Contracts that plugins inherit: abstract JUnit classes with an oracle of their own.
 */
@NullMarked
package org.rankgrid.testkit;

import org.jspecify.annotations.NullMarked;
