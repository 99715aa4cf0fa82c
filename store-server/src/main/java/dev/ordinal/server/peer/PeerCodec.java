package dev.ordinal.server.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.proto.peer.v1.Accept;
import dev.ordinal.proto.peer.v1.Accepted;
import dev.ordinal.proto.peer.v1.Behind;
import dev.ordinal.proto.peer.v1.CatchUp;
import dev.ordinal.proto.peer.v1.Commit;
import dev.ordinal.proto.peer.v1.Heartbeat;
import dev.ordinal.proto.peer.v1.HeartbeatReply;
import dev.ordinal.proto.peer.v1.PeerFrame;
import dev.ordinal.proto.peer.v1.Prepare;
import dev.ordinal.proto.peer.v1.Probe;
import dev.ordinal.proto.peer.v1.ProbeReply;
import dev.ordinal.proto.peer.v1.Promise;
import dev.ordinal.proto.peer.v1.Reject;
import dev.ordinal.proto.peer.v1.Resigned;
import dev.ordinal.proto.peer.v1.Sync;
import dev.ordinal.proto.peer.v1.Transfer;
import dev.ordinal.proto.peer.v1.Want;
import dev.ordinal.server.wire.OwnedBytes;
import java.util.ArrayList;
import java.util.List;

/** Consensus messages and their frames; each frame of a message is that message again. */
final class PeerCodec {
  private PeerCodec() {}

  static PeerFrame encode(Message message) {
    PeerFrame.Builder frame = PeerFrame.newBuilder();
    switch (message) {
      case Message.Probe probe -> frame.setProbe(Probe.newBuilder().setRound(probe.round()));
      case Message.ProbeReply reply -> frame.setProbeReply(encode(reply));
      case Message.Prepare prepare -> frame.setPrepare(encode(prepare));
      case Message.Promise promise -> frame.setPromise(encode(promise));
      case Message.Reject reject -> frame.setReject(encode(reject));
      case Message.Sync sync -> frame.setSync(encode(sync));
      case Message.Accept accept -> frame.setAccept(encode(accept));
      case Message.Accepted accepted -> frame.setAccepted(encode(accepted));
      case Message.Heartbeat heartbeat -> frame.setHeartbeat(encode(heartbeat));
      case Message.HeartbeatReply reply -> frame.setHeartbeatReply(encode(reply));
      case Message.Want want -> frame.setWant(encode(want));
      case Message.CatchUp catchUp -> frame.setCatchUp(encode(catchUp));
      case Message.Transfer transfer -> frame.setTransfer(encode(transfer));
      case Message.Behind behind -> frame.setBehind(encode(behind));
      case Message.Commit commit -> frame.setCommit(encode(commit));
      case Message.Resigned resigned ->
          frame.setResigned(Resigned.newBuilder().setBallot(encode(resigned.ballot())));
    }
    return frame.build();
  }

  /** Throws {@link IllegalArgumentException} if {@code frame} is not one of a message. */
  static Message decode(PeerFrame frame) {
    return switch (frame.getKindCase()) {
      case PROBE -> new Message.Probe(frame.getProbe().getRound());
      case PROBE_REPLY -> decode(frame.getProbeReply());
      case PREPARE -> decode(frame.getPrepare());
      case PROMISE -> decode(frame.getPromise());
      case REJECT -> decode(frame.getReject());
      case SYNC -> decode(frame.getSync());
      case ACCEPT -> decode(frame.getAccept());
      case ACCEPTED -> decode(frame.getAccepted());
      case HEARTBEAT -> decode(frame.getHeartbeat());
      case HEARTBEAT_REPLY -> decode(frame.getHeartbeatReply());
      case WANT -> new Message.Want(frame.getWant().getDecided(), frame.getWant().getResumes());
      case CATCH_UP -> decode(frame.getCatchUp());
      case TRANSFER -> decode(frame.getTransfer());
      case BEHIND -> decode(frame.getBehind());
      case COMMIT -> decode(frame.getCommit());
      case RESIGNED -> new Message.Resigned(decode(frame.getResigned().getBallot()));
      case HELLO -> throw new IllegalArgumentException("a second hello");
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("a message of a kind that this version lacks");
    };
  }

  private static ProbeReply encode(Message.ProbeReply reply) {
    return ProbeReply.newBuilder()
        .setRound(reply.round())
        .setGranted(reply.granted())
        .setPromised(encode(reply.promised()))
        .build();
  }

  private static Message decode(ProbeReply reply) {
    return new Message.ProbeReply(
        reply.getRound(), reply.getGranted(), decode(reply.getPromised()));
  }

  private static Prepare encode(Message.Prepare prepare) {
    return Prepare.newBuilder()
        .setBallot(encode(prepare.ballot()))
        .setDecided(prepare.decided())
        .build();
  }

  private static Message decode(Prepare prepare) {
    return new Message.Prepare(decode(prepare.getBallot()), prepare.getDecided());
  }

  private static Promise encode(Message.Promise promise) {
    return Promise.newBuilder()
        .setBallot(encode(promise.ballot()))
        .setAccepted(encode(promise.accepted()))
        .setDecided(promise.decided())
        .addAllTail(encode(promise.tail()))
        .build();
  }

  private static Message decode(Promise promise) {
    return new Message.Promise(
        decode(promise.getBallot()),
        decode(promise.getAccepted()),
        promise.getDecided(),
        decode(promise.getTailList()));
  }

  private static Reject encode(Message.Reject reject) {
    return Reject.newBuilder()
        .setBallot(encode(reject.ballot()))
        .setPromised(encode(reject.promised()))
        .build();
  }

  private static Message decode(Reject reject) {
    return new Message.Reject(decode(reject.getBallot()), decode(reject.getPromised()));
  }

  private static Sync encode(Message.Sync sync) {
    return Sync.newBuilder()
        .setBallot(encode(sync.ballot()))
        .setDecided(sync.decided())
        .setDecidedHash(encode(sync.decidedHash()))
        .addAllEntries(encode(sync.entries()))
        .setCommit(sync.commit())
        .build();
  }

  private static Message decode(Sync sync) {
    return new Message.Sync(
        decode(sync.getBallot()),
        sync.getDecided(),
        EntryHash.of(sync.getDecidedHash().toByteArray()),
        decode(sync.getEntriesList()),
        sync.getCommit());
  }

  private static Want encode(Message.Want want) {
    return Want.newBuilder().setDecided(want.decided()).setResumes(want.resumes()).build();
  }

  private static Accept encode(Message.Accept accept) {
    return Accept.newBuilder()
        .setBallot(encode(accept.ballot()))
        .setLogged(encode(accept.logged()))
        .setCommit(accept.commit())
        .build();
  }

  private static Message decode(Accept accept) {
    return new Message.Accept(
        decode(accept.getBallot()), decode(accept.getLogged()), accept.getCommit());
  }

  private static Accepted encode(Message.Accepted accepted) {
    return Accepted.newBuilder()
        .setBallot(encode(accepted.ballot()))
        .setVerified(accepted.verified())
        .setApplied(accepted.applied())
        .build();
  }

  private static Message decode(Accepted accepted) {
    return new Message.Accepted(
        decode(accepted.getBallot()), accepted.getVerified(), accepted.getApplied());
  }

  private static Heartbeat encode(Message.Heartbeat heartbeat) {
    return Heartbeat.newBuilder()
        .setBallot(encode(heartbeat.ballot()))
        .setCommit(heartbeat.commit())
        .setReadSequence(heartbeat.readSequence())
        .setSentTick(heartbeat.sentTick())
        .setHeldByAll(heartbeat.heldByAll())
        .build();
  }

  private static Message decode(Heartbeat heartbeat) {
    return new Message.Heartbeat(
        decode(heartbeat.getBallot()),
        heartbeat.getCommit(),
        heartbeat.getReadSequence(),
        heartbeat.getSentTick(),
        heartbeat.getHeldByAll());
  }

  private static HeartbeatReply encode(Message.HeartbeatReply reply) {
    return HeartbeatReply.newBuilder()
        .setBallot(encode(reply.ballot()))
        .setReadSequence(reply.readSequence())
        .setSentTick(reply.sentTick())
        .setVerified(reply.verified())
        .setDecided(reply.decided())
        .build();
  }

  private static Message decode(HeartbeatReply reply) {
    return new Message.HeartbeatReply(
        decode(reply.getBallot()),
        reply.getReadSequence(),
        reply.getSentTick(),
        reply.getVerified(),
        reply.getDecided());
  }

  private static Commit encode(Message.Commit commit) {
    return Commit.newBuilder()
        .setBallot(encode(commit.ballot()))
        .setCommit(commit.commit())
        .build();
  }

  private static Message decode(Commit commit) {
    return new Message.Commit(decode(commit.getBallot()), commit.getCommit());
  }

  private static CatchUp encode(Message.CatchUp catchUp) {
    return CatchUp.newBuilder()
        .addAllEntries(encode(catchUp.entries()))
        .setDecidedThrough(catchUp.decidedThrough())
        .build();
  }

  private static Message decode(CatchUp catchUp) {
    return new Message.CatchUp(decode(catchUp.getEntriesList()), catchUp.getDecidedThrough());
  }

  private static Behind encode(Message.Behind behind) {
    return Behind.newBuilder()
        .setSlot(behind.base().slot())
        .setHash(encode(behind.base().hash()))
        .build();
  }

  private static Message decode(Behind behind) {
    EntryHash hash = EntryHash.of(behind.getHash().toByteArray());
    return new Message.Behind(new LogPoint(behind.getSlot(), hash));
  }

  private static Transfer encode(Message.Transfer transfer) {
    return Transfer.newBuilder()
        .setBallot(encode(transfer.ballot()))
        .setLength(transfer.length())
        .build();
  }

  private static Message decode(Transfer transfer) {
    return new Message.Transfer(decode(transfer.getBallot()), transfer.getLength());
  }

  private static dev.ordinal.proto.peer.v1.Ballot encode(Ballot ballot) {
    return dev.ordinal.proto.peer.v1.Ballot.newBuilder()
        .setConfiguration(ballot.configuration())
        .setRound(ballot.round())
        .setNode(ballot.node())
        .build();
  }

  private static Ballot decode(dev.ordinal.proto.peer.v1.Ballot ballot) {
    return new Ballot(ballot.getConfiguration(), ballot.getRound(), ballot.getNode());
  }

  private static List<dev.ordinal.proto.peer.v1.LoggedEntry> encode(List<LoggedEntry> entries) {
    List<dev.ordinal.proto.peer.v1.LoggedEntry> encoded = new ArrayList<>(entries.size());
    for (LoggedEntry logged : entries) {
      encoded.add(encode(logged));
    }
    return encoded;
  }

  private static List<LoggedEntry> decode(List<dev.ordinal.proto.peer.v1.LoggedEntry> entries) {
    List<LoggedEntry> decoded = new ArrayList<>(entries.size());
    for (dev.ordinal.proto.peer.v1.LoggedEntry logged : entries) {
      decoded.add(decode(logged));
    }
    return decoded;
  }

  /** The payload is not copied: it never changes. */
  private static dev.ordinal.proto.peer.v1.LoggedEntry encode(LoggedEntry logged) {
    return dev.ordinal.proto.peer.v1.LoggedEntry.newBuilder()
        .setSlot(logged.slot())
        .setKind(logged.entry().kind().code())
        .setPayload(UnsafeByteOperations.unsafeWrap(logged.entry().payload().bytes()))
        .setHash(encode(logged.hash()))
        .build();
  }

  private static LoggedEntry decode(dev.ordinal.proto.peer.v1.LoggedEntry logged) {
    Entry entry =
        new Entry(
            Entry.Kind.of(logged.getKind()), Payload.wrap(OwnedBytes.of(logged.getPayload())));
    return new LoggedEntry(logged.getSlot(), entry, EntryHash.of(logged.getHash().toByteArray()));
  }

  private static ByteString encode(EntryHash hash) {
    return ByteString.copyFrom(hash.toByteArray());
  }
}
