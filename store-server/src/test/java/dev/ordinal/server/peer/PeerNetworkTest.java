package dev.ordinal.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.driver.PeerTransport;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.ListenFailure;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.testing.TestCluster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas on loopback, and what gets through between them. */
class PeerNetworkTest {
  private static final UUID CLUSTER = new UUID(1, 1);
  private static final PeerIdentity.Disk DISK = disk(new UUID(8, 8), 5);
  private static final HostPort ANY = new HostPort("127.0.0.1", 0);
  private static final HostPort NOWHERE = new HostPort("127.0.0.1", 1);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Inbox inboxOfOne = new Inbox();
  private final Inbox inboxOfTwo = new Inbox();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void messagesArriveInTheOrderOfTheirLane() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.listening()), inboxOfOne);
    awaitConnected(one, inboxOfTwo);

    List<Message> sent = new ArrayList<>();
    for (long slot = 1; slot <= Outbox.FRAMES_MAX; slot++) {
      sent.add(accept(slot, 1_000));
    }
    sent.forEach(message -> one.send(2, message));

    await().until(() -> inboxOfTwo.has(sent.getLast()));
    assertThat(inboxOfTwo.messages).containsSubsequence(sent);
  }

  @Test
  void bigEntriesDoNotHoldUpHeartbeats() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.listening()), inboxOfOne);
    awaitConnected(one, inboxOfTwo);
    Message heartbeat = new Message.Heartbeat(new Ballot(1, 1, 1), 7, 7, 7);

    one.send(2, accept(1, 20 << 20));
    one.send(2, heartbeat);

    await().until(() -> inboxOfTwo.has(heartbeat) && inboxOfTwo.has(accept(1, 20 << 20)));
  }

  @Test
  void whatAPeerThatDoesNotReadCannotTakeIsDropped() {
    Outbox outbox = new Outbox();
    for (int i = 0; i < Outbox.FRAMES_MAX; i++) {
      assertThat(outbox.offer(PeerCodec.encode(new Message.Want(i, false, 1)))).isTrue();
    }
    assertThat(outbox.offer(PeerCodec.encode(new Message.Want(99, false, 1)))).isFalse();
    outbox.clear();
    assertThat(outbox.offer(PeerCodec.encode(accept(1, 9 << 20)))).isTrue();
    assertThat(outbox.offer(PeerCodec.encode(new Message.Want(1, false, 1)))).isFalse();
  }

  @Test
  void aPeerThatComesBackIsFoundAgain() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    HostPort address = two.listening();
    PeerNetwork one = network(identity(1), ANY, Map.of(2, address), inboxOfOne);
    awaitConnected(one, inboxOfTwo);

    open.remove(two);
    two.close();
    await().until(() -> inboxOfOne.lost.contains(2));

    Inbox again = new Inbox();
    network(identity(2), address, Map.of(1, NOWHERE), again);
    awaitConnected(one, again);
  }

  @Test
  void aPeerOfAnotherClusterIsRefused() {
    PeerIdentity stranger = new PeerIdentity(new UUID(6, 6), new UUID(2, 2), 1, DISK, at(NOWHERE));
    assertThat(identity(2).refusalOf(stranger.hello(2, Lane.LOG)))
        .isEqualTo(
            "belongs to cluster 00000000-0000-0006-0000-000000000006,"
                + " node 2 to cluster 00000000-0000-0001-0000-000000000001");

    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(stranger, ANY, Map.of(2, two.listening()), inboxOfOne);
    PeerNetwork friend = network(identity(1), ANY, Map.of(2, two.listening()), inboxOfOne);
    one.send(2, new Message.Want(666, false, 1));
    awaitConnected(friend, inboxOfTwo);
    assertThat(inboxOfTwo.has(new Message.Want(666, false, 1))).isFalse();
  }

  @Test
  void helloComparesEverythingThatMustBeEqual() {
    PeerIdentity two = identity(2);
    assertThat(two.refusalOf(identity(1).hello(2, Lane.LOG))).isNull();
    assertThat(two.refusalOf(identity(1).hello(3, Lane.LOG))).contains("looks for node 3");
    assertThat(two.refusalOf(identity(1).hello(PeerIdentity.ANYBODY, Lane.LOG))).isNull();
    PeerIdentity restored = new PeerIdentity(CLUSTER, new UUID(3, 3), 1, DISK, at(NOWHERE));
    assertThat(two.refusalOf(restored.hello(2, Lane.CONTROL))).contains("is in history");
    PeerIdentity.Disk large = new PeerIdentity.Disk(new UUID(8, 8), 5, "large");
    assertThat(two.refusalOf(identity(1, large).hello(2, Lane.CONTROL)))
        .isEqualTo(
            "was formatted with profile large, node 2 with profile small: format it like the"
                + " others");
    assertThat(two.refusalOf(identity(1).hello(2, Lane.LOG).toBuilder().setVersionLow(9).build()))
        .contains("speaks peer protocol 9");
  }

  @Test
  void aNodeThatComesBackWithoutItsVotesIsRefused() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.listening()), inboxOfOne);
    awaitConnected(one, inboxOfTwo);
    open.remove(one);
    one.close();

    PeerIdentity copy = identity(1, disk(DISK.incarnation(), 4));
    PeerNetwork older = network(copy, ANY, Map.of(2, two.listening()), inboxOfOne);
    PeerIdentity restarted = identity(1, disk(DISK.incarnation(), 6));
    PeerNetwork again = network(restarted, ANY, Map.of(2, two.listening()), inboxOfOne);
    inboxOfTwo.messages.clear();
    older.send(2, new Message.Want(666, false, 1));
    awaitConnected(again, inboxOfTwo);
    older.send(2, new Message.Want(666, false, 1));
    awaitConnected(again, inboxOfTwo);
    assertThat(inboxOfTwo.has(new Message.Want(666, false, 1))).isFalse();
  }

  @Test
  void aDiskIsKnownByItsIncarnationAndItsStarts() {
    PeerBook book = new PeerBook(identity(2), configuration(Map.of(1, NOWHERE)));
    UUID wiped = new UUID(9, 9);
    assertThat(book.arrive(hello(DISK.incarnation(), 5))).isNull();
    assertThat(book.arrive(hello(DISK.incarnation(), 5))).isNull();
    assertThat(book.arrive(hello(DISK.incarnation(), 7))).isNull();
    assertThat(book.arrive(hello(DISK.incarnation(), 6)))
        .contains("older copy")
        .contains("start 6")
        .contains("start 7");
    assertThat(book.guests()).isEmpty();
    assertThat(book.arrive(hello(wiped, 1))).contains("another node 1").contains("is here");
    for (int lane = 0; lane < 3; lane++) {
      book.leave(1, DISK.asConfigured());
    }
    assertThat(book.arrive(hello(wiped, 1))).isNull();
    assertThat(book.guests()).extracting(Guest::node).containsExactly(1);
    assertThat(book.arrive(hello(DISK.incarnation(), 8))).isNull();
    assertThat(book.guests()).isEmpty();
  }

  @Test
  void whoJoinsHearsOfTheMembersFromOneOfThem() {
    Members places = TestCluster.loopback(2);
    HostPort free = places.member(1).peers();
    NodeAddress known = places.member(2);
    PeerIdentity second = new PeerIdentity(CLUSTER, new UUID(2, 2), 2, DISK, known);
    PeerNetwork two = network(second, known.peers(), Map.of(), inboxOfTwo);
    PeerIdentity.Disk fresh = disk(new UUID(5, 5), 1);
    PeerIdentity newcomer = new PeerIdentity(CLUSTER, new UUID(2, 2), 4, fresh, at(free));
    PeerNetwork four =
        started(
            PeerNetwork.open(
                newcomer,
                new PeerNetwork.Start(free, Configuration.NONE, List.of(NOWHERE, two.listening()))),
            inboxOfOne);

    awaitConnected(four, inboxOfTwo);
    assertThat(inboxOfOne.met).contains(2);
    assertThat(two.guests()).containsExactly(new Guest(4, fresh.asConfigured(), at(free)));
    Message answer = new Message.Want(1, false, 0);
    await()
        .until(() -> {
          two.send(4, answer);
          return inboxOfOne.has(answer);
        });

    open.remove(four);
    four.close();
    await().until(() -> two.guests().isEmpty());
  }

  @Test
  void connectionsFollowTheConfiguration() {
    PeerNetwork two = network(identity(2), ANY, Map.of(), inboxOfTwo);
    PeerNetwork one = network(identity(1), ANY, Map.of(), inboxOfOne);
    one.configure(configuration(Map.of(1, one.listening(), 2, two.listening())));
    awaitConnected(one, inboxOfTwo);

    one.configure(configuration(Map.of(1, one.listening())));
    await().until(() -> two.guests().isEmpty());
  }

  private static Hello hello(UUID incarnation, long boot) {
    return identity(1, disk(incarnation, boot)).hello(2, Lane.CONTROL);
  }

  @Test
  void aPortInUseIsNamed() {
    PeerNetwork one = network(identity(1), ANY, Map.of(), inboxOfOne);
    HostPort taken = one.listening();
    assertThatThrownBy(() -> PeerNetwork.open(identity(2), start(taken, Map.of())))
        .isInstanceOf(ListenFailure.class)
        .hasMessageContaining("cannot listen on " + taken + " for peers")
        .hasMessageContaining("choose another port");
  }

  private PeerNetwork network(
      PeerIdentity self,
      HostPort address,
      Map<Integer, HostPort> peers,
      PeerTransport.Inbound inbox) {
    return started(PeerNetwork.open(self, start(address, peers)), inbox);
  }

  private PeerNetwork started(PeerNetwork network, PeerTransport.Inbound inbox) {
    network.start(inbox);
    open.push(network);
    return network;
  }

  private static PeerNetwork.Start start(HostPort address, Map<Integer, HostPort> peers) {
    return new PeerNetwork.Start(address, configuration(peers), List.of());
  }

  /** All with the same disk but node 2, as long as they are not alone. */
  private static Configuration configuration(Map<Integer, HostPort> peers) {
    if (peers.isEmpty()) {
      return Configuration.NONE;
    }
    List<Configuration.Member> members = new ArrayList<>();
    peers.forEach((node, where) -> {
      Incarnation disk = node == 1 ? DISK.asConfigured() : new Incarnation(0, node);
      String address = at(where).toString();
      members.add(new Configuration.Member(node, Configuration.Role.VOTER, 0, disk, address));
    });
    return Configuration.ofMajorities(1, 0, members);
  }

  /** Messages are dropped while a connection is made: repeat one a lane until it arrives. */
  private static void awaitConnected(PeerNetwork from, Inbox inbox) {
    Message control = new Message.Want(4711, false, 1);
    Message log = new Message.Sync(Ballot.NONE, 4711, EntryHash.START, List.of(), 0);
    await()
        .until(() -> {
          from.send(2, control);
          from.send(2, log);
          return inbox.has(control) && inbox.has(log);
        });
  }

  private static PeerIdentity identity(int node) {
    return identity(node, DISK);
  }

  private static PeerIdentity identity(int node, PeerIdentity.Disk disk) {
    return new PeerIdentity(CLUSTER, new UUID(2, 2), node, disk, at(NOWHERE));
  }

  private static PeerIdentity.Disk disk(UUID incarnation, long boot) {
    return new PeerIdentity.Disk(incarnation, boot, "small");
  }

  private static NodeAddress at(HostPort peers) {
    return new NodeAddress(peers, NOWHERE);
  }

  private static Message accept(long slot, int bytes) {
    Entry entry = Entry.batch(Payload.wrap(new byte[bytes]));
    return new Message.Accept(
        new Ballot(1, 1, 1), new LoggedEntry(slot, entry, EntryHash.START), slot - 1);
  }

  private static final class Inbox implements PeerTransport.Inbound {
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> met = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> lost = new ConcurrentLinkedQueue<>();

    @Override
    public void met(int peer) {
      met.add(peer);
    }

    @Override
    public void received(int from, Message message) {
      messages.add(message);
    }

    @Override
    public void lost(int peer) {
      lost.add(peer);
    }

    boolean has(Message message) {
      return messages.contains(message);
    }
  }
}
