package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Consensus messages of every kind, drawn from a seed. */
final class RandomMessages {
  private final Random random;

  RandomMessages(Random random) {
    this.random = random;
  }

  Message next() {
    return switch (random.nextInt(16)) {
      case 0 -> new Message.Probe(number());
      case 1 -> new Message.ProbeReply(number(), random.nextBoolean(), ballot());
      case 2 -> new Message.Prepare(ballot(), number());
      case 3 -> promise();
      case 4 -> new Message.Reject(ballot(), ballot());
      case 5 -> sync();
      case 6 -> new Message.Accept(ballot(), logged(1 + slot()), number());
      case 7 -> new Message.Accepted(ballot(), number(), number());
      case 8 -> new Message.Heartbeat(ballot(), number(), number(), number(), number());
      case 9 -> new Message.HeartbeatReply(ballot(), number(), number(), verified(), number());
      case 10 -> new Message.Want(number(), random.nextBoolean());
      case 11 -> new Message.CatchUp(entries(1 + slot()), number());
      case 12 -> new Message.Commit(ballot(), number());
      case 13 -> new Message.Resigned(ballot());
      case 14 -> new Message.Behind(new LogPoint(slot(), hash()));
      default -> new Message.Transfer(ballot(), number());
    };
  }

  private long number() {
    return random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
  }

  private Ballot ballot() {
    return random.nextInt(5) == 0 ? Ballot.NONE : new Ballot(1, number(), 1 + random.nextInt(7));
  }

  /** A slot that others can follow. */
  private long slot() {
    return number() / 2;
  }

  private long verified() {
    return random.nextInt(5) == 0 ? -1 : number();
  }

  private Message promise() {
    long decided = slot();
    return new Message.Promise(ballot(), ballot(), decided, entries(decided + 1));
  }

  private Message sync() {
    long decided = slot();
    return new Message.Sync(ballot(), decided, hash(), entries(decided + 1), number());
  }

  private List<LoggedEntry> entries(long first) {
    List<LoggedEntry> entries = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      entries.add(logged(first + i));
    }
    return entries;
  }

  private LoggedEntry logged(long slot) {
    byte[] payload = new byte[random.nextInt(100)];
    random.nextBytes(payload);
    Entry entry = random.nextInt(5) == 0 ? Entry.barrier() : Entry.batch(Payload.wrap(payload));
    return new LoggedEntry(slot, entry, hash());
  }

  private EntryHash hash() {
    byte[] hash = new byte[EntryHash.BYTES];
    random.nextBytes(hash);
    return EntryHash.of(hash);
  }
}
