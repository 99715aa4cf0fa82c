package dev.ordinal.consensus.quorum;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration as bytes, big-endian: what a stop-sign and the hard state carry. Canonical: equal
 * configurations have equal bytes.
 *
 * <pre>
 * format u8 | number u64 | first leader u32 | electing u32 | deciding u32 | members u32, then each:
 * node u32 | role u8 | priority i32 | incarnation 16 | address length u16, UTF-8
 * </pre>
 */
public final class ConfigurationCodec {
  private static final byte FORMAT = 1;
  private static final int FIXED_BYTES = 1 + Long.BYTES + 4 * Integer.BYTES;
  private static final int MEMBER_BYTES = 4 + 1 + 4 + 16 + 2;

  private ConfigurationCodec() {}

  public static byte[] encode(Configuration configuration) {
    List<byte[]> addresses = new ArrayList<>();
    int length = FIXED_BYTES;
    for (Configuration.Member member : configuration.members()) {
      byte[] address = member.address().getBytes(StandardCharsets.UTF_8);
      addresses.add(address);
      length += MEMBER_BYTES + address.length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).put(FORMAT);
    buffer.putLong(configuration.number()).putInt(configuration.firstLeader());
    buffer.putInt(configuration.quorums().electing()).putInt(configuration.quorums().deciding());
    buffer.putInt(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      put(buffer, configuration.members().get(i), addresses.get(i));
    }
    return buffer.array();
  }

  private static void put(ByteBuffer buffer, Configuration.Member member, byte[] address) {
    buffer.putInt(member.node()).put((byte) member.role().code()).putInt(member.priority());
    buffer.putLong(member.incarnation().high()).putLong(member.incarnation().low());
    buffer.putShort((short) address.length).put(address);
  }

  /** Throws {@link IllegalArgumentException} if {@code bytes} is not what {@link #encode} makes. */
  public static Configuration decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      Configuration configuration = decode(buffer);
      if (buffer.hasRemaining()) {
        throw new IllegalArgumentException(
            "not a configuration: " + buffer.remaining() + " bytes after the last member");
      }
      return configuration;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "not a configuration: cut off after " + bytes.length + " bytes", e);
    }
  }

  private static Configuration decode(ByteBuffer buffer) {
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("not a configuration: format " + format);
    }
    long number = buffer.getLong();
    int firstLeader = buffer.getInt();
    int electing = buffer.getInt();
    int deciding = buffer.getInt();
    int count = buffer.getInt();
    if (count < 0 || count > Configuration.MEMBERS_MAX) {
      throw new IllegalArgumentException("not a configuration: " + count + " members");
    }
    List<Configuration.Member> members = new ArrayList<>();
    int last = 0;
    int voters = 0;
    for (int i = 0; i < count; i++) {
      Configuration.Member member = member(buffer);
      if (member.node() <= last) {
        throw new IllegalArgumentException("not a configuration: members are out of order");
      }
      last = member.node();
      voters += member.role() == Configuration.Role.VOTER ? 1 : 0;
      members.add(member);
    }
    CountingQuorums quorums = new CountingQuorums(Math.max(voters, 1), electing, deciding);
    return new Configuration(number, members, firstLeader, quorums);
  }

  private static Configuration.Member member(ByteBuffer buffer) {
    int node = buffer.getInt();
    Configuration.Role role = Configuration.Role.of(buffer.get());
    int priority = buffer.getInt();
    Incarnation incarnation = new Incarnation(buffer.getLong(), buffer.getLong());
    byte[] address = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(address);
    return new Configuration.Member(
        node, role, priority, incarnation, new String(address, StandardCharsets.UTF_8));
  }
}
