/** How results look: tables for people, JSON for programs. */
@NullMarked
package dev.ordinal.cli.print;

import org.jspecify.annotations.NullMarked;
