package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/** About how much memory a message holds while it waits. */
final class MessageSize {
  private static final long OVERHEAD_BYTES = 128;

  private MessageSize() {}

  static long of(Message message) {
    return OVERHEAD_BYTES
        + switch (message) {
          case Message.Promise promise -> of(promise.tail());
          case Message.Sync sync -> of(sync.entries());
          case Message.Accept accept -> of(List.of(accept.logged()));
          case Message.CatchUp catchUp -> of(catchUp.entries());
          case Message.Probe _,
              Message.ProbeReply _,
              Message.Prepare _,
              Message.Reject _,
              Message.Accepted _,
              Message.Commit _,
              Message.Heartbeat _,
              Message.HeartbeatReply _,
              Message.Want _,
              Message.Behind _,
              Message.Transfer _,
              Message.Resigned _ ->
              0;
        };
  }

  private static long of(List<LoggedEntry> entries) {
    long bytes = 0;
    for (LoggedEntry logged : entries) {
      bytes += OVERHEAD_BYTES + logged.entry().payload().length();
    }
    return bytes;
  }
}
