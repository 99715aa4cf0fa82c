/** Tests of what decides how much is kept. */
@org.jspecify.annotations.NullMarked
package dev.ordinal.journal.retention;
