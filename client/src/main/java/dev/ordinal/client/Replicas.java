package dev.ordinal.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The replicas that are known, a channel to each that is used, and which one is thought to lead.
 * Belongs to the loop.
 *
 * <p>Channels run everything on the loop ({@code directExecutor}), so that a reply reaches its
 * future without a change of thread.
 */
final class Replicas {
  /** A reply is at most a page of 1 MiB and its last row, or some large records. */
  private static final int INBOUND_BYTES_MAX = 16 << 20;

  private static final int KNOWN_MAX = 64;
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;

  private final ClientLoop loop;
  private final Set<String> given;
  private final List<String> known;
  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();
  private String leader;
  private String reader;

  /** Which of the known was last thought to lead without a hint. */
  private int guess;

  /**
   * @param readerIndex which of the addresses serves reads first, to spread clients
   */
  Replicas(ClientLoop loop, List<String> addresses, int readerIndex) {
    this.loop = loop;
    this.given = Set.copyOf(addresses);
    this.known = new ArrayList<>(addresses);
    this.leader = known.get(0);
    this.reader = known.get(readerIndex % known.size());
  }

  /** Where commits and linearizable reads go: the leader, or the next guess. */
  String leader() {
    return leader;
  }

  /** Where other reads go. */
  String reader() {
    return reader;
  }

  /**
   * {@code from} does not lead, and says that {@code address} does. Nothing changes if another was
   * turned to since {@code from} was asked: its word is older than that.
   */
  void hinted(String from, String address) {
    if (!leader.equals(from)) {
      return;
    }
    if (!known.contains(address) && known.size() < KNOWN_MAX) {
      known.add(address);
    }
    leader = address;
  }

  /**
   * These are the members now. Others that were learned are forgotten, unless they are in use; what
   * was given at the start stays, as it may be another name of a member.
   */
  void learn(List<String> members) {
    if (members.isEmpty()) {
      return;
    }
    known.removeIf(address ->
        !members.contains(address)
            && !given.contains(address)
            && !address.equals(leader)
            && !address.equals(reader));
    for (String member : members) {
      if (!known.contains(member) && known.size() < KNOWN_MAX) {
        known.add(member);
      }
    }
    guess %= known.size();
    channels
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !known.contains(entry.getKey());
          if (gone) {
            entry.getValue().shutdown();
          }
          return gone;
        });
  }

  /**
   * {@code address} could not be used as the leader: if it still is the guess, try the next.
   * Guesses take turns, whatever was hinted between them: hints to a leader that is dead, or that
   * cannot be reached from here, must not keep anyone from being asked.
   */
  void leaderFailed(String address) {
    if (!leader.equals(address)) {
      return;
    }
    guess = (guess + 1) % known.size();
    if (known.get(guess).equals(address)) {
      guess = (guess + 1) % known.size();
    }
    leader = known.get(guess);
  }

  void readerFailed(String address) {
    if (reader.equals(address)) {
      reader = after(address);
    }
  }

  private String after(String address) {
    return known.get((known.indexOf(address) + 1) % known.size());
  }

  ManagedChannel channel(String address) {
    return channels.computeIfAbsent(address, this::open);
  }

  /** The channel, made to connect at once if an earlier attempt has failed. */
  ManagedChannel channelAfterFailure(String address) {
    ManagedChannel channel = channel(address);
    channel.resetConnectBackoff();
    return channel;
  }

  private ManagedChannel open(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    return NettyChannelBuilder.forAddress(host, port)
        .eventLoopGroup(loop.group())
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .usePlaintext()
        .disableRetry()
        .maxInboundMessageSize(INBOUND_BYTES_MAX)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
