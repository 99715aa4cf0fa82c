/** What the journal is judged by: a plain model of it, and random input for both. */
@NullMarked
package dev.ordinal.journal.model;

import org.jspecify.annotations.NullMarked;
