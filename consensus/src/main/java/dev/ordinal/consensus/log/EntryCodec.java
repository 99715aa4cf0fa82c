package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How entries and the hard state are laid out, big-endian. Each value starts with a CRC32C over its
 * key and the rest of it: RocksDB's own checksums do not cover the way through its memory, nor a
 * value that ends up under another key.
 *
 * <pre>
 * entry   slot u64 → crc u32 | kind u8 | hash 32 | payload
 * hard    'h'      → crc u32 | group u64 | promised 20 | accepted 20 | decided u64 | last u64
 *                    | base slot u64 | base hash 32 | since u64 | configuration
 * </pre>
 */
final class EntryCodec {
  static final byte[] HARD_KEY = {'h'};

  private static final int CRC_BYTES = Integer.BYTES;
  private static final int PAYLOAD_AT = CRC_BYTES + 1 + EntryHash.BYTES;
  private static final int BALLOT_BYTES = 20;
  private static final int CONFIGURATION_AT =
      CRC_BYTES + 5 * 8 + 2 * BALLOT_BYTES + EntryHash.BYTES;

  private EntryCodec() {}

  static byte[] key(long slot) {
    return ByteBuffer.allocate(Long.BYTES).putLong(slot).array();
  }

  static long slot(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] encode(byte[] key, LoggedEntry logged) {
    byte[] payload = logged.entry().payload().bytes();
    ByteBuffer value = ByteBuffer.allocate(PAYLOAD_AT + payload.length);
    value.position(CRC_BYTES).put((byte) logged.entry().kind().code());
    value.put(logged.hash().toByteArray()).put(payload);
    return value.putInt(0, crc(key, value.array())).array();
  }

  /** Throws {@link LogFailure} if the value is not what was written under the key. */
  static LoggedEntry decode(byte[] key, byte[] value) {
    if (value.length < PAYLOAD_AT || ByteBuffer.wrap(value).getInt() != crc(key, value)) {
      throw new LogFailure(
          LogFailure.Kind.CORRUPT, "the entry of slot " + slot(key) + " fails its checksum", null);
    }
    Entry.Kind kind = Entry.Kind.of(value[CRC_BYTES]);
    EntryHash hash = EntryHash.of(Arrays.copyOfRange(value, CRC_BYTES + 1, PAYLOAD_AT));
    Payload payload = Payload.wrap(Arrays.copyOfRange(value, PAYLOAD_AT, value.length));
    return new LoggedEntry(slot(key), new Entry(kind, payload), hash);
  }

  static byte[] encode(HardState hard) {
    byte[] configuration = ConfigurationCodec.encode(hard.stretch().configuration());
    ByteBuffer value = ByteBuffer.allocate(CONFIGURATION_AT + configuration.length);
    value.position(CRC_BYTES).putLong(hard.group());
    put(value, hard.promised());
    put(value, hard.accepted());
    value.putLong(hard.decided()).putLong(hard.last());
    value.putLong(hard.base().slot()).put(hard.base().hash().toByteArray());
    value.putLong(hard.stretch().since()).put(configuration);
    return value.putInt(0, crc(HARD_KEY, value.array())).array();
  }

  /** Throws {@link LogFailure} if the value is not what was written. */
  static HardState decodeHard(byte[] bytes) {
    ByteBuffer value = ByteBuffer.wrap(bytes);
    if (bytes.length < CONFIGURATION_AT || value.getInt() != crc(HARD_KEY, bytes)) {
      throw new LogFailure(LogFailure.Kind.CORRUPT, "the hard state fails its checksum", null);
    }
    long group = value.getLong();
    Ballot promised = ballot(value);
    Ballot accepted = ballot(value);
    long decided = value.getLong();
    long last = value.getLong();
    long base = value.getLong();
    byte[] hash = new byte[EntryHash.BYTES];
    value.get(hash);
    LogPoint point = new LogPoint(base, EntryHash.of(hash));
    long since = value.getLong();
    Configuration configuration =
        ConfigurationCodec.decode(Arrays.copyOfRange(bytes, CONFIGURATION_AT, bytes.length));
    Stretch stretch = new Stretch(since, configuration);
    return new HardState(group, promised, accepted, stretch, decided, point, last);
  }

  private static void put(ByteBuffer value, Ballot ballot) {
    value.putLong(ballot.configuration()).putLong(ballot.round()).putInt(ballot.node());
  }

  private static Ballot ballot(ByteBuffer value) {
    return new Ballot(value.getLong(), value.getLong(), value.getInt());
  }

  private static int crc(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, CRC_BYTES, value.length - CRC_BYTES);
    return (int) crc.getValue();
  }
}
