package dev.ordinal.simulation.trace;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;
import java.util.stream.Collectors;

/** Events and effects as a reader wants to see them: payloads as their slot and hash only. */
final class Plain {
  private Plain() {}

  static String of(Event event) {
    return switch (event) {
      case Event.Received(int from, Message message) -> "<- " + from + "  " + of(message);
      case Event.Proposed(long ticket, var command) ->
          "proposed, ticket " + ticket + ", " + command.length() + " bytes";
      case Event.Tick _,
          Event.PeerMet _,
          Event.PeerLost _,
          Event.ReadRequested _,
          Event.Reconfigure _,
          Event.TransferRequested _,
          Event.Persisted _,
          Event.Applied _ ->
          event.toString();
    };
  }

  static String of(Effect effect) {
    return switch (effect) {
      case Effect.Send(int to, Message message, long after) ->
          "-> " + to + "  " + of(message) + behind(after);
      case Effect.Persist(long group, var changes) ->
          "persist group "
              + group
              + changes.stream().map(Plain::of).collect(Collectors.joining(", ", " [", "]"));
      case Effect.Apply(LoggedEntry logged, var tickets, long after) ->
          "apply " + of(logged) + " for " + tickets + behind(after);
      case Effect.SendDecided _, Effect.Answer _, Effect.Observe _ -> effect.toString();
    };
  }

  private static String behind(long group) {
    return group == Effect.NO_GROUP ? "" : " after group " + group;
  }

  private static String of(Change change) {
    return switch (change) {
      case Change.Append(LoggedEntry logged) -> "append " + of(logged);
      case Change.TruncateFrom _,
          Change.SetBallots _,
          Change.RaiseBase _,
          Change.SetStretch _,
          Change.SetDecided _ ->
          change.toString();
    };
  }

  private static String of(Message message) {
    return switch (message) {
      case Message.Promise promise ->
          "Promise[ballot=%s, accepted=%s, decided=%d, tail=%s]"
              .formatted(
                  promise.ballot(), promise.accepted(), promise.decided(), of(promise.tail()));
      case Message.Sync sync ->
          "Sync[ballot=%s, decided=%d, entries=%s, commit=%d]"
              .formatted(sync.ballot(), sync.decided(), of(sync.entries()), sync.commit());
      case Message.Accept accept ->
          "Accept[ballot=%s, %s, commit=%d]"
              .formatted(accept.ballot(), of(accept.logged()), accept.commit());
      case Message.CatchUp catchUp ->
          "CatchUp[entries=%s, decidedThrough=%d]"
              .formatted(of(catchUp.entries()), catchUp.decidedThrough());
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Prepare _,
          Message.Reject _,
          Message.Accepted _,
          Message.Commit _,
          Message.Heartbeat _,
          Message.HeartbeatReply _,
          Message.Report _,
          Message.Want _,
          Message.Transfer _,
          Message.Resigned _,
          Message.Closed _ ->
          message.toString();
    };
  }

  private static String of(List<LoggedEntry> entries) {
    return entries.stream().map(Plain::of).collect(Collectors.joining(" ", "{", "}"));
  }

  private static String of(LoggedEntry logged) {
    return logged.slot() + ":" + logged.hash();
  }
}
