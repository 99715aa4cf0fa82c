package dev.ordinal.cli.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.Counter;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.Row;
import dev.ordinal.client.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON forms of what the store holds; {@code docs/cli.md} describes them. */
public final class Shown {
  private Shown() {}

  /** Bytes: as text if they are UTF-8, in Base64 otherwise; exactly one of both. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bytes(@Nullable String text, @Nullable String base64) {
    static Bytes of(byte[] bytes) {
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return new Bytes(text, null);
      } catch (CharacterCodingException notText) {
        return new Bytes(null, Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  /** A key and what it holds: a value, a counter, or nothing if it was deleted. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      Bytes key,
      @Nullable Bytes value,
      @Nullable Bounded counter,
      @Nullable Boolean deleted,
      long modifiedAt) {
    public static Entry of(Row row) {
      return of(row.key(), row.content(), row.modifiedAt().value());
    }

    static Entry of(Key key, @Nullable Content content, long modifiedAt) {
      Bytes value = content instanceof Value bytes ? Bytes.of(bytes.toBytes()) : null;
      Bounded counter =
          content instanceof Counter(long now, long low, long high)
              ? new Bounded(now, low, high)
              : null;
      return new Entry(
          Bytes.of(key.toBytes()), value, counter, content == null ? true : null, modifiedAt);
    }
  }

  /** A counter between its bounds. */
  public record Bounded(long value, long low, long high) {}

  /** A record of the journal. */
  public record Logged(
      long order,
      long slot,
      long session,
      long sequence,
      Map<String, String> labels,
      List<Entry> changes,
      String digest) {}

  public static Logged of(JournalRecord shown) {
    return new Logged(
        shown.order().value(),
        shown.author().slot(),
        shown.author().session(),
        shown.author().sequence(),
        shown.labels(),
        shown.changes().stream().map(change -> of(change, shown.order().value())).toList(),
        hex(shown.digest()));
  }

  private static Entry of(Change change, long order) {
    return Entry.of(change.key(), change.content(), order);
  }

  /** What people read of a key's content. */
  public static String text(@Nullable Content content) {
    return switch (content) {
      case null -> "(deleted)";
      case Value value -> value.toString();
      case Counter(long value, long low, long high) ->
          "%,d in [%,d, %,d]".formatted(value, low, high);
    };
  }

  public static String hex(Value digest) {
    return HexFormat.of().formatHex(digest.toBytes());
  }
}
