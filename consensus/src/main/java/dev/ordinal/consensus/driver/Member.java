package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.quorum.Incarnation;

/** Which node a driver runs, on which disk, and by which settings of the core. */
public record Member(int self, Incarnation incarnation, Settings settings) {}
