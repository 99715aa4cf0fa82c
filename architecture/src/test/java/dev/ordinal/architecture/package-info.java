/** Rules that no single module can check of itself: purity, import direction, narrow doors. */
@NullMarked
package dev.ordinal.architecture;

import org.jspecify.annotations.NullMarked;
