package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.ReplicaView;
import java.util.List;

/**
 * One step of a replica, before any of its effects is carried out.
 *
 * @param member who stepped
 * @param boot how often its process has started, this time included
 * @param view what it believes after the step
 */
public record Step(int member, int boot, ReplicaView view, List<Effect> effects) {}
