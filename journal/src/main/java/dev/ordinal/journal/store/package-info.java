/**
 * Where the state is kept: the contract, its twin in memory for tests and simulation, and the one
 * on disk. Nothing here decides anything about transactions.
 */
@NullMarked
package dev.ordinal.journal.store;

import org.jspecify.annotations.NullMarked;
