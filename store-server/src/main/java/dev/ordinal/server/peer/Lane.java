package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.proto.peer.v1.Hello;

/**
 * Two connections lead to each peer, so that no heartbeat or acknowledgement ever waits behind
 * megabytes of entries.
 */
enum Lane {
  CONTROL(Hello.Lane.CONTROL),
  LOG(Hello.Lane.LOG);

  private final Hello.Lane wire;

  Lane(Hello.Lane wire) {
    this.wire = wire;
  }

  Hello.Lane wire() {
    return wire;
  }

  /** What can carry entries takes the log lane. */
  static Lane of(Message message) {
    return switch (message) {
      case Message.Sync _, Message.Accept _, Message.CatchUp _, Message.Promise _ -> LOG;
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Prepare _,
          Message.Reject _,
          Message.Accepted _,
          Message.Commit _,
          Message.Resigned _,
          Message.Heartbeat _,
          Message.HeartbeatReply _,
          Message.Want _,
          Message.Behind _,
          Message.Transfer _ ->
          CONTROL;
    };
  }
}
