package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Ballot;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What must be in the log whatever the log itself says. It tells an unfinished last write, which is
 * nobody's loss, from a loss of what was acknowledged.
 *
 * @param boot how often the log was opened
 * @param begun the last group whose write began
 * @param synced the last group whose write is known to be durable
 * @param promised the highest promise that is known to be durable
 */
record Mark(long boot, long begun, long synced, Ballot promised) {
  static final Mark FORMATTED = new Mark(0, 0, 0, Ballot.NONE);
  static final int BYTES = 72;

  private static final long MAGIC = 0x4F52444D41524B31L; // "ORDMARK1"

  Mark begun(long group) {
    return new Mark(boot, group, synced, promised);
  }

  Mark synced(long group, Ballot newPromised) {
    return new Mark(boot, group, group, newPromised);
  }

  Mark nextBoot() {
    return new Mark(boot + 1, begun, synced, promised);
  }

  void encode(long sequence, ByteBuffer slot) {
    slot.clear();
    slot.putLong(MAGIC).putLong(sequence).putLong(boot).putLong(begun).putLong(synced);
    slot.putLong(promised.configuration()).putLong(promised.round()).putInt(promised.node());
    slot.putInt(crc(slot));
    slot.position(BYTES).flip();
  }

  /** A slot of the mark file, if it is intact. */
  static Optional<Numbered> decode(ByteBuffer slot) {
    if (slot.limit() < BYTES || slot.getLong(0) != MAGIC || slot.getInt(60) != crc(slot)) {
      return Optional.empty();
    }
    Ballot promised = new Ballot(slot.getLong(40), slot.getLong(48), slot.getInt(56));
    Mark mark = new Mark(slot.getLong(16), slot.getLong(24), slot.getLong(32), promised);
    return Optional.of(new Numbered(slot.getLong(8), mark));
  }

  private static int crc(ByteBuffer slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot.duplicate().position(0).limit(60));
    return (int) crc.getValue();
  }

  /** The higher sequence is the newer one. */
  record Numbered(long sequence, Mark mark) {}
}
