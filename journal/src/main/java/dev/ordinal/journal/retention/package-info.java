/**
 * What is kept of the past: the floor, the policy that moves it and the holds that keep it where it
 * is. PURE.
 */
@NullMarked
package dev.ordinal.journal.retention;

import org.jspecify.annotations.NullMarked;
