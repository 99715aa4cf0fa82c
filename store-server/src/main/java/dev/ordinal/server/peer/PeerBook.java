package dev.ordinal.server.peer;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.Known;
import dev.ordinal.server.net.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes there are and where. The configuration has the word on who is a member; where a node
 * is, it knows best itself while it is connected. Safe for use by several threads.
 */
final class PeerBook {
  /** More nodes than that at a time are strangers. */
  static final int GUESTS_MAX = Configuration.MEMBERS_MAX;

  private final PeerIdentity self;
  private final KnownDisks disks = new KnownDisks();
  private final Map<Integer, Present> present = new TreeMap<>();

  /** What members said of each other, for whoever is not one of them. */
  private final Map<Integer, NodeAddress> told = new TreeMap<>();

  private Configuration configuration;

  /** A node with lanes open to this one; its newest hello. */
  private static final class Present {
    private final Incarnation disk;
    private NodeAddress address;
    private int lanes;

    Present(Incarnation disk, NodeAddress address) {
      this.disk = disk;
      this.address = address;
    }
  }

  PeerBook(PeerIdentity self, Configuration configuration) {
    this.self = self;
    this.configuration = configuration;
  }

  synchronized void enter(Configuration next) {
    configuration = next;
  }

  /** The sender of {@code hello} opened a lane. Why it may not; null if it may. */
  synchronized @Nullable String arrive(Hello hello) {
    int node = hello.getNode();
    Incarnation disk = PeerIdentity.disk(hello);
    NodeAddress address = NodeAddress.parseOrNull(hello.getAddress());
    if (node < 1 || node == self.node() || address == null) {
      return "calls itself node %d at '%s'; this is node %d, and every node has a number of its own"
          .formatted(node, hello.getAddress(), self.node());
    }
    String refusal = refusalOf(node, disk, hello.getBoot());
    if (refusal != null) {
      return refusal;
    }
    Present there = present.get(node);
    if (there == null || !there.disk.equals(disk)) {
      there = new Present(disk, address);
      present.put(node, there);
    }
    there.address = address;
    there.lanes++;
    return null;
  }

  private @Nullable String refusalOf(int node, Incarnation disk, long boot) {
    boolean isMember = configuration.names(node, disk);
    Present there = present.get(node);
    if (!isMember && there != null && !there.disk.equals(disk)) {
      return "comes with disk %s, and another node %d, with disk %s, is here: choose another number"
          .formatted(disk, node, there.disk);
    }
    if (!isMember && there == null && guests().size() >= GUESTS_MAX) {
      return "is one too many: %d nodes wait here already".formatted(GUESTS_MAX);
    }
    return disks.refusalOf(disk, boot);
  }

  /** A lane that {@link #arrive} admitted ended. */
  synchronized void leave(int node, Incarnation disk) {
    Present there = present.get(node);
    if (there != null && there.disk.equals(disk)) {
      there.lanes--;
      if (there.lanes == 0) {
        present.remove(node);
      }
    }
  }

  /** What the node that was dialled says of itself and of the members. */
  synchronized void learn(Hello answer) {
    if (answer.getKnownCount() > 0) {
      told.clear();
    }
    learn(answer.getNode(), answer.getAddress());
    for (Known known : answer.getKnownList()) {
      learn(known.getNode(), known.getAddress());
    }
  }

  private void learn(int node, String text) {
    NodeAddress address = NodeAddress.parseOrNull(text);
    if (address != null && node != self.node()) {
      told.put(node, address);
    }
  }

  /** For an answer to a hello: the members, where they were last. */
  synchronized List<Known> members() {
    List<Known> known = new ArrayList<>();
    for (int node : configuration.nodes()) {
      NodeAddress address = address(node);
      if (address != null) {
        known.add(Known.newBuilder().setNode(node).setAddress(address.toString()).build());
      }
    }
    return known;
  }

  /**
   * To whom there should be connections: the other members, and who is connected to this node; for
   * whoever is no member also those of whom it was told.
   */
  synchronized Set<Integer> wanted() {
    Set<Integer> nodes = new TreeSet<>(configuration.nodes());
    nodes.addAll(present.keySet());
    if (!configuration.names(self.node(), self.disk().asConfigured())) {
      nodes.addAll(told.keySet());
    }
    nodes.removeIf(node -> node == self.node() || address(node) == null);
    return nodes;
  }

  /** Null if it is not known. */
  synchronized @Nullable NodeAddress address(int node) {
    if (node == self.node()) {
      return self.address();
    }
    Present there = present.get(node);
    if (there != null) {
      return there.address;
    }
    Configuration.Member member = configuration.member(node);
    NodeAddress configured = member == null ? null : NodeAddress.parseOrNull(member.address());
    return configured == null ? told.get(node) : configured;
  }

  /** Ascending by node. */
  synchronized List<Guest> guests() {
    List<Guest> guests = new ArrayList<>();
    present.forEach((node, there) -> {
      if (!configuration.names(node, there.disk)) {
        guests.add(new Guest(node, there.disk, there.address));
      }
    });
    return guests;
  }
}
