/** The public Java door to the store. */
@NullMarked
package dev.ordinal.client;

import org.jspecify.annotations.NullMarked;
