package dev.ordinal.server.rpc;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Limits;
import dev.ordinal.proto.store.v1.Range;
import dev.ordinal.proto.store.v1.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ReadRequest} asks for, checked.
 *
 * @param keys ascending, each once; empty: {@code range} is meant
 * @param resumeAt where to go on after an earlier page; null: at the start
 * @param rowsMax of a page
 */
record Query(
    List<Key> keys,
    @Nullable KeyRange range,
    @Nullable Key resumeAt,
    int rowsMax,
    boolean keysOnly) {
  static final int KEYS_MAX = 4096;

  /** Not more than this in one page, whatever the caller asks for. */
  static final int ROWS_MAX = 65_536;

  Query {
    keys = List.copyOf(keys);
  }

  /** Throws the error for the caller if the request makes no sense. */
  static Query of(ReadRequest request) {
    if (request.hasRange() == (request.getKeysCount() > 0)) {
      throw Errors.invalid(
          "KEYS_OR_RANGE",
          "exactly one of keys and range must be given, was "
              + (request.hasRange() ? "both" : "neither"));
    }
    if (request.getKeysCount() > KEYS_MAX) {
      throw Errors.limit("keys of a read", request.getKeysCount(), KEYS_MAX);
    }
    Key resumeAt = null;
    if (!request.getContinuation().isEmpty()) {
      resumeAt = key(request.getContinuation());
      if (!request.hasAt()) {
        throw Errors.invalid(
            "CONTINUATION_WITHOUT_AT",
            "a continuation needs the order ID of the page before in at");
      }
    }
    return new Query(
        keys(request),
        request.hasRange() ? range(request.getRange()) : null,
        resumeAt,
        rows(request.getLimit()),
        request.getKeysOnly());
  }

  /** Whether it can be answered where it came in. */
  boolean isSmall() {
    return range == null && keys.size() <= 16;
  }

  /** The page after one that ended before {@code key}. */
  Query from(Key key) {
    return new Query(keys, range, key, rowsMax, keysOnly);
  }

  /** The keys that no earlier page had. */
  List<Key> keysLeft() {
    return resumeAt == null
        ? keys
        : keys.stream().filter(key -> key.compareTo(resumeAt) >= 0).toList();
  }

  private static int rows(int limit) {
    return limit == 0 ? ROWS_MAX : (int) Math.min(Integer.toUnsignedLong(limit), ROWS_MAX);
  }

  private static List<Key> keys(ReadRequest request) {
    TreeSet<Key> keys = new TreeSet<>();
    for (ByteString key : request.getKeysList()) {
      if (key.isEmpty()) {
        throw Errors.invalid("EMPTY_KEY", "a key must have at least 1 byte");
      }
      keys.add(key(key));
    }
    return new ArrayList<>(keys);
  }

  private static KeyRange range(Range range) {
    Key start = key(range.getStart());
    Key end = range.getEnd().isEmpty() ? null : key(range.getEnd());
    if (end != null && end.compareTo(start) < 0) {
      throw Errors.invalid(
          "RANGE_INVERTED",
          "a range must not end before its start: start %s, end %s".formatted(start, end));
    }
    return new KeyRange(start, end);
  }

  static Key key(ByteString bytes) {
    int allowed = Limits.STANDARD.keyBytesMax();
    // A continuation is the successor of a key, one byte longer.
    if (bytes.size() > allowed + 1) {
      throw Errors.limit("key bytes", bytes.size(), allowed);
    }
    return Key.wrap(bytes.toByteArray());
  }
}
