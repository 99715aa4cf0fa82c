package dev.ordinal.journal.store;

import dev.ordinal.journal.state.LeaseHeader;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.transaction.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of leases: the header of a lease under its ID, the keys attached to it right behind it.
 *
 * <pre>
 *   header     BE64 lease        BE64 ttl, deadline
 *   attached   BE64 lease, key   nothing
 * </pre>
 */
final class LeaseBytes {
  static final byte[] ATTACHED = {};

  private LeaseBytes() {}

  static byte[] headerRow(long lease) {
    return ByteBuffer.allocate(Long.BYTES).putLong(lease).array();
  }

  static byte[] keyRow(long lease, Key key) {
    return ByteBuffer.allocate(Long.BYTES + key.length()).putLong(lease).put(key.bytes()).array();
  }

  static byte[] encode(LeaseHeader header) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(header.ttlMillis())
        .putLong(header.deadlineMillis())
        .array();
  }

  /** All leases of the family, which is given to {@link #add} row by row. */
  static final class Reader {
    private final List<LeaseImage> images = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private LeaseHeader header = new LeaseHeader(0, 0, 0);

    void add(byte[] row, byte[] value) {
      if (row.length > Long.BYTES) {
        keys.add(Key.wrap(Arrays.copyOfRange(row, Long.BYTES, row.length)));
      } else if (value.length != 2 * Long.BYTES) {
        throw StorageFailure.unreadable("a lease's header", value.length + " bytes long");
      } else {
        finish();
        ByteBuffer buffer = ByteBuffer.wrap(value);
        header =
            new LeaseHeader(ByteBuffer.wrap(row).getLong(), buffer.getLong(), buffer.getLong());
      }
    }

    private void finish() {
      if (header.id() != 0) {
        images.add(new LeaseImage(header, keys));
      }
      keys.clear();
    }

    /** Ascending by ID as a signed number, which is not the order of the rows. */
    List<LeaseImage> images() {
      finish();
      images.sort(Comparator.comparingLong(image -> image.header().id()));
      return images;
    }
  }
}
