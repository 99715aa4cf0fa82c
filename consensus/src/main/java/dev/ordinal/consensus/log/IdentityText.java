package dev.ordinal.consensus.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The identity as a file that a person can read: a line with the format version, a line per field,
 * and a checksum over all before it. The first line never changes its shape, so that every version
 * can say that a file is newer than itself.
 */
final class IdentityText {
  /** The format of the whole data directory, not of this file alone. */
  static final int FORMAT = 2;

  private static final String TITLE = "ordinal data directory, format ";
  private static final String CHECKSUM = "checksum ";

  private IdentityText() {}

  static String encode(Identity identity) {
    String members =
        identity.members().stream().map(String::valueOf).collect(Collectors.joining(" "));
    String body =
        """
        %s%d
        cluster %s
        history %s
        node %d
        incarnation %s
        members %s
        """
            .formatted(
                TITLE,
                FORMAT,
                identity.clusterId(),
                identity.historyId(),
                identity.nodeId(),
                identity.incarnation(),
                members);
    return body + CHECKSUM + checksum(body) + "\n";
  }

  /** The format that {@code text} claims, or -1 if it is no identity at all. */
  static int formatOf(String text) {
    String first = text.lines().findFirst().orElse("");
    if (!first.matches(TITLE + "[0-9]{1,9}")) {
      return -1;
    }
    return Integer.parseInt(first.substring(TITLE.length()));
  }

  /** Throws {@link IllegalArgumentException} if {@code text} is not what {@link #encode} makes. */
  static Identity decode(String text) {
    int end = text.lastIndexOf(CHECKSUM);
    if (end < 0
        || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
      throw new IllegalArgumentException("the checksum is wrong or missing");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    text.substring(0, end)
        .lines()
        .skip(1)
        .map(line -> line.split(" ", 2))
        .forEach(field -> fields.put(field[0], field[field.length - 1]));
    List<Integer> members =
        field(fields, "members")
            .lines()
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .map(Integer::valueOf)
            .toList();
    return new Identity(
        UUID.fromString(field(fields, "cluster")),
        UUID.fromString(field(fields, "history")),
        Integer.parseInt(field(fields, "node")),
        UUID.fromString(field(fields, "incarnation")),
        members);
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the line '" + name + "' is missing");
    }
    return value;
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
