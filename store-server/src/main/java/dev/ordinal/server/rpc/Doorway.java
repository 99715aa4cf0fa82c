package dev.ordinal.server.rpc;

import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Limits;
import io.grpc.StatusRuntimeException;

/** What does not get in. */
final class Doorway {
  private Doorway() {}

  static StatusRuntimeException refusal(Command.Malformed malformed) {
    Limits.Breach breach = malformed.breach();
    return breach == null
        ? Errors.malformed(malformed.reason())
        : Errors.limit(breach.what(), breach.value(), breach.allowed());
  }
}
