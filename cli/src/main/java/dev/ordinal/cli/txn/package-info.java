/** Transactions written as JSON files; {@code docs/cli.md} shows the form. */
@NullMarked
package dev.ordinal.cli.txn;

import org.jspecify.annotations.NullMarked;
