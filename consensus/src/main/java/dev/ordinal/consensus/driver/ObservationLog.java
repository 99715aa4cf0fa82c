package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What the core observes, as log lines. */
final class ObservationLog {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.ordinal.consensus");

  private ObservationLog() {}

  static void log(int replica, Observation observation) {
    switch (observation) {
      case Observation.Campaigned(var ballot) ->
          at(Level.INFO, replica).addKeyValue("ballot", ballot).log("asks to lead");
      case Observation.Elected(var ballot) ->
          at(Level.INFO, replica).addKeyValue("ballot", ballot).log("leads");
      case Observation.SteppedDown(var ballot, var reason) ->
          at(Level.INFO, replica)
              .addKeyValue("ballot", ballot)
              .addKeyValue("reason", reason)
              .log("no longer leads");
      case Observation.LeaderChanged(int node) ->
          at(Level.INFO, replica).addKeyValue("leader", node).log("follows");
      case Observation.TailReplaced(long slot) ->
          at(Level.INFO, replica).addKeyValue("slot", slot).log("undecided entries gave way");
      case Observation.ConfigurationChanged(var now, boolean votes) ->
          at(Level.INFO, replica)
              .addKeyValue("configuration", now.number())
              .addKeyValue("votes", votes)
              .log("is in the next configuration");
      case Observation.HandingOver(int target) ->
          at(Level.INFO, replica).addKeyValue("target", target).log("hands over");
      case Observation.Resynced(int member) ->
          at(Level.DEBUG, replica).addKeyValue("member", member).log("sends the tail again");
      case Observation.FellBehind(int member, long decided) ->
          at(Level.INFO, replica)
              .addKeyValue("member", member)
              .addKeyValue("decided", decided)
              .log("feeds a member from the log");
    }
  }

  private static LoggingEventBuilder at(Level level, int replica) {
    return LOGGER.atLevel(level).addKeyValue("replica", replica);
  }
}
