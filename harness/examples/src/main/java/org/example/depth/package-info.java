/**
 * An allocator plugin as an outsider writes it.
 */
package org.example.depth;
