package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.log.LogStore;
import java.util.function.Consumer;

/**
 * What a driver stands among. It owns none of them: whoever made them closes them, after the
 * driver.
 *
 * @param observations told of everything the core observes, on the consensus thread; must not block
 */
public record Surroundings(
    LogStore log,
    PeerTransport transport,
    Applier applier,
    Snapshots snapshots,
    Answers answers,
    Consumer<Observation> observations,
    Halt halt) {}
