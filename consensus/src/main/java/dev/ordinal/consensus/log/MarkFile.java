package dev.ordinal.consensus.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Two slots for the {@link Mark}, a page each. Writes go to one slot until a sync, then to the
 * other: a write that tears a slot never touches the one that was synced last. A write costs a copy
 * into the page cache, which outlives the process; only a sync outlives the power.
 */
final class MarkFile implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Mark.BYTES);
  private int slot;
  private long sequence;
  private Mark mark;
  private boolean dirty;

  private MarkFile(FileChannel channel, int slot, long sequence, Mark mark) {
    this.channel = channel;
    this.slot = slot;
    this.sequence = sequence;
    this.mark = mark;
  }

  static void create(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(2 * PAGE_BYTES), 0);
      MarkFile marks = new MarkFile(channel, 0, 0, Mark.FORMATTED);
      marks.write(Mark.FORMATTED);
      channel.force(true);
    }
  }

  /** Empty if the file is there and neither slot is intact. */
  static Optional<MarkFile> open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Optional<Mark.Numbered> first = read(channel, 0);
    Optional<Mark.Numbered> second = read(channel, 1);
    if (first.isEmpty() && second.isEmpty()) {
      channel.close();
      return Optional.empty();
    }
    long firstSequence = first.map(Mark.Numbered::sequence).orElse(-1L);
    long secondSequence = second.map(Mark.Numbered::sequence).orElse(-1L);
    int newer = firstSequence > secondSequence ? 0 : 1;
    Mark.Numbered found = (newer == 0 ? first : second).orElseThrow();
    return Optional.of(new MarkFile(channel, 1 - newer, found.sequence(), found.mark()));
  }

  private static Optional<Mark.Numbered> read(FileChannel channel, int slot) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Mark.BYTES);
    channel.read(buffer, (long) slot * PAGE_BYTES);
    return Mark.decode(buffer.flip());
  }

  Mark mark() {
    return mark;
  }

  void write(Mark next) throws IOException {
    sequence++;
    next.encode(sequence, buffer);
    channel.write(buffer, (long) slot * PAGE_BYTES);
    mark = next;
    dirty = true;
  }

  void sync() throws IOException {
    if (dirty) {
      channel.force(false);
      slot = 1 - slot;
      dirty = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
