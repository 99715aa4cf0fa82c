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
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.ListenFailure;
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
  private static final PeerIdentity.Disk DISK = new PeerIdentity.Disk(new UUID(8, 8), 5);
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
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.address()), inboxOfOne);
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
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.address()), inboxOfOne);
    awaitConnected(one, inboxOfTwo);
    Message heartbeat = new Message.Heartbeat(new Ballot(1, 1, 1), 7, 7, 7, 7);

    one.send(2, accept(1, 20 << 20));
    one.send(2, heartbeat);

    await().until(() -> inboxOfTwo.has(heartbeat) && inboxOfTwo.has(accept(1, 20 << 20)));
  }

  @Test
  void whatAPeerThatDoesNotReadCannotTakeIsDropped() {
    Outbox outbox = new Outbox();
    for (int i = 0; i < Outbox.FRAMES_MAX; i++) {
      assertThat(outbox.offer(PeerCodec.encode(new Message.Want(i, false)))).isTrue();
    }
    assertThat(outbox.offer(PeerCodec.encode(new Message.Want(99, false)))).isFalse();
    outbox.clear();
    assertThat(outbox.offer(PeerCodec.encode(accept(1, 9 << 20)))).isTrue();
    assertThat(outbox.offer(PeerCodec.encode(new Message.Want(1, false)))).isFalse();
  }

  @Test
  void aPeerThatComesBackIsFoundAgain() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    HostPort address = two.address();
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
    PeerIdentity stranger = new PeerIdentity(new UUID(6, 6), new UUID(2, 2), 1, 1, DISK);
    assertThat(identity(2).refusalOf(stranger.hello(2, Lane.LOG)))
        .isEqualTo(
            "belongs to cluster 00000000-0000-0006-0000-000000000006,"
                + " node 2 to cluster 00000000-0000-0001-0000-000000000001");

    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(stranger, ANY, Map.of(2, two.address()), inboxOfOne);
    PeerNetwork friend = network(identity(1), ANY, Map.of(2, two.address()), inboxOfOne);
    one.send(2, new Message.Want(666, false));
    awaitConnected(friend, inboxOfTwo);
    assertThat(inboxOfTwo.has(new Message.Want(666, false))).isFalse();
  }

  @Test
  void helloComparesEverythingThatMustBeEqual() {
    PeerIdentity two = identity(2);
    assertThat(two.refusalOf(identity(1).hello(2, Lane.LOG))).isNull();
    assertThat(two.refusalOf(identity(1).hello(3, Lane.LOG))).contains("looks for node 3");
    assertThat(
            two.refusalOf(
                new PeerIdentity(CLUSTER, new UUID(3, 3), 1, 1, DISK).hello(2, Lane.CONTROL)))
        .contains("is in history");
    assertThat(
            two.refusalOf(
                new PeerIdentity(CLUSTER, new UUID(2, 2), 4, 1, DISK).hello(2, Lane.CONTROL)))
        .contains("is in configuration 4");
    assertThat(two.refusalOf(identity(1).hello(2, Lane.LOG).toBuilder().setVersionLow(9).build()))
        .contains("speaks peer protocol 9");
  }

  @Test
  void aNodeThatComesBackWithoutItsVotesIsRefused() {
    PeerNetwork two = network(identity(2), ANY, Map.of(1, NOWHERE), inboxOfTwo);
    PeerNetwork one = network(identity(1), ANY, Map.of(2, two.address()), inboxOfOne);
    awaitConnected(one, inboxOfTwo);
    open.remove(one);
    one.close();

    PeerIdentity copy = identity(1, new PeerIdentity.Disk(DISK.incarnation(), 4));
    PeerNetwork older = network(copy, ANY, Map.of(2, two.address()), inboxOfOne);
    PeerIdentity restarted = identity(1, new PeerIdentity.Disk(DISK.incarnation(), 6));
    PeerNetwork again = network(restarted, ANY, Map.of(2, two.address()), inboxOfOne);
    inboxOfTwo.messages.clear();
    older.send(2, new Message.Want(666, false));
    awaitConnected(again, inboxOfTwo);
    older.send(2, new Message.Want(666, false));
    awaitConnected(again, inboxOfTwo);
    assertThat(inboxOfTwo.has(new Message.Want(666, false))).isFalse();
  }

  @Test
  void aDiskIsKnownByItsIncarnationAndItsStarts() {
    KnownDisks known = new KnownDisks();
    UUID wiped = new UUID(9, 9);
    assertThat(known.refusalOf(hello(DISK.incarnation(), 5))).isNull();
    assertThat(known.refusalOf(hello(DISK.incarnation(), 5))).isNull();
    assertThat(known.refusalOf(hello(DISK.incarnation(), 7))).isNull();
    assertThat(known.refusalOf(hello(DISK.incarnation(), 6)))
        .contains("older copy")
        .contains("start 6")
        .contains("start 7");
    assertThat(known.refusalOf(hello(wiped, 1))).contains("another disk, " + wiped);
    assertThat(known.refusalOf(hello(DISK.incarnation(), 8))).isNull();
  }

  private static Hello hello(UUID incarnation, long boot) {
    return identity(1, new PeerIdentity.Disk(incarnation, boot)).hello(2, Lane.CONTROL);
  }

  @Test
  void aPortInUseIsNamed() {
    PeerNetwork one = network(identity(1), ANY, Map.of(), inboxOfOne);
    HostPort taken = one.address();
    assertThatThrownBy(() -> PeerNetwork.open(identity(2), taken, Map.of()))
        .isInstanceOf(ListenFailure.class)
        .hasMessageContaining("cannot listen on " + taken + " for peers")
        .hasMessageContaining("choose another port");
  }

  private PeerNetwork network(
      PeerIdentity self,
      HostPort address,
      Map<Integer, HostPort> peers,
      PeerTransport.Inbound inbox) {
    PeerNetwork network = PeerNetwork.open(self, address, peers);
    network.start(inbox);
    open.push(network);
    return network;
  }

  /** Messages are dropped while a connection is made: repeat one a lane until it arrives. */
  private static void awaitConnected(PeerNetwork from, Inbox inbox) {
    Message control = new Message.Want(4711, false);
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
    return new PeerIdentity(CLUSTER, new UUID(2, 2), 1, node, disk);
  }

  private static Message accept(long slot, int bytes) {
    Entry entry = Entry.batch(Payload.wrap(new byte[bytes]));
    return new Message.Accept(
        new Ballot(1, 1, 1), new LoggedEntry(slot, entry, EntryHash.START), slot - 1);
  }

  private static final class Inbox implements PeerTransport.Inbound {
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> lost = new ConcurrentLinkedQueue<>();

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
