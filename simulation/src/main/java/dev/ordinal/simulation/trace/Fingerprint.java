package dev.ordinal.simulation.trace;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import java.util.List;

/**
 * The content of events as one number, the same on every Java machine. Records cannot be asked for
 * their hash codes: enums in them answer with their identity.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /** Folds {@code values} into {@code before}; order counts. */
  public static long mix(long before, long... values) {
    long mixed = before;
    for (long value : values) {
      mixed = (mixed ^ value) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 32;
    }
    return mixed;
  }

  static long of(Event event) {
    return switch (event) {
      case Event.Tick() -> 1;
      case Event.Received(int from, Message message) -> mix(2, from, of(message));
      case Event.PeerLost(int member) -> mix(3, member);
      case Event.PeerMet(int node) -> mix(10, node);
      case Event.Proposed(long ticket, var command) -> mix(4, ticket, command.hashCode());
      case Event.ReadRequested(long ticket) -> mix(5, ticket);
      case Event.Reconfigure(long ticket, var next, boolean dryRun) ->
          mix(8, ticket, dryRun ? 1 : 0, of(next));
      case Event.TransferRequested(long ticket, int target) -> mix(9, ticket, target);
      case Event.Persisted(long group) -> mix(6, group);
      case Event.Applied(long slot) -> mix(7, slot);
    };
  }

  static long of(Message message) {
    return switch (message) {
      case Message.Probe(long said, long round) -> mix(11, said, round);
      case Message.ProbeReply(long said, long round, boolean granted, Ballot promised) ->
          mix(12, said, round, granted ? 1 : 0, of(promised));
      case Message.Prepare(Ballot ballot, long decided) -> mix(13, of(ballot), decided);
      case Message.Promise(Ballot ballot, Ballot accepted, long decided, var tail) ->
          mix(14, of(ballot), of(accepted), decided, of(tail));
      case Message.Reject(Ballot ballot, Ballot promised) -> mix(15, of(ballot), of(promised));
      case Message.Sync(Ballot ballot, long decided, var _, var entries, long commit) ->
          mix(16, of(ballot), decided, of(entries), commit);
      case Message.Accept(Ballot ballot, LoggedEntry logged, long commit) ->
          mix(17, of(ballot), of(List.of(logged)), commit);
      case Message.Accepted(Ballot ballot, long verified, long applied) ->
          mix(18, of(ballot), verified, applied);
      case Message.Commit(Ballot ballot, long commit) -> mix(19, of(ballot), commit);
      case Message.Heartbeat(Ballot ballot, long commit, long readSequence, long sentTick) ->
          mix(20, of(ballot), commit, readSequence, sentTick);
      case Message.HeartbeatReply reply ->
          mix(
              21,
              of(reply.ballot()),
              reply.readSequence(),
              reply.sentTick(),
              reply.verified(),
              reply.decided(),
              reply.applied());
      case Message.Report report ->
          mix(
              26,
              of(report.ballot()),
              report.incarnation().high(),
              report.incarnation().low(),
              report.decided(),
              report.applied());
      case Message.Want(long decided, boolean resumes, long votesIn) ->
          mix(22, decided, resumes ? 1 : 0, votesIn);
      case Message.CatchUp(var entries, long decidedThrough) ->
          mix(23, of(entries), decidedThrough);
      case Message.Transfer(Ballot ballot, long length) -> mix(24, of(ballot), length);
      case Message.Resigned(Ballot ballot) -> mix(25, of(ballot));
      case Message.Closed(long successor, long decided) -> mix(27, successor, decided);
    };
  }

  private static long of(Configuration configuration) {
    long mixed = configuration.number();
    for (byte encoded : ConfigurationCodec.encode(configuration)) {
      mixed = mix(mixed, encoded);
    }
    return mixed;
  }

  private static long of(Ballot ballot) {
    return mix(ballot.configuration(), ballot.round(), ballot.node());
  }

  /** The hash of an entry stands for all before it and for its payload. */
  private static long of(List<LoggedEntry> entries) {
    long mixed = entries.size();
    for (LoggedEntry logged : entries) {
      mixed = mix(mixed, logged.slot(), logged.hash().hashCode());
    }
    return mixed;
  }
}
