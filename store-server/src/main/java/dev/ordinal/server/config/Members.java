package dev.ordinal.server.config;

import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The replicas of a new cluster, by node number. */
public record Members(Map<Integer, NodeAddress> byNode) {
  public Members {
    byNode = new TreeMap<>(byNode);
  }

  /** Reads {@code 1=host:7101/host:7001,2=...}: the peers' address, then the clients'. */
  public static Members parse(String text) {
    Map<Integer, NodeAddress> members = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("[=/]", -1);
      if (sides.length != 3 || !sides[0].matches("[1-9][0-9]{0,8}")) {
        throw new IllegalArgumentException(
            "'%s' is not NODE=PEERHOST:PORT/CLIENTHOST:PORT with a node from 1".formatted(part));
      }
      NodeAddress member = new NodeAddress(HostPort.parse(sides[1]), HostPort.parse(sides[2]));
      if (members.put(Integer.parseInt(sides[0]), member) != null) {
        throw new IllegalArgumentException("node %s is named twice".formatted(sides[0]));
      }
    }
    return new Members(members);
  }

  public List<Integer> nodes() {
    return new ArrayList<>(byNode.keySet());
  }

  /** Throws {@link IllegalArgumentException} if {@code node} is not among them. */
  public NodeAddress member(int node) {
    NodeAddress member = byNode.get(node);
    if (member == null) {
      throw new IllegalArgumentException(
          "node %d is not one of the members %s".formatted(node, nodes()));
    }
    return member;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    byNode.forEach((node, member) -> parts.add(node + "=" + member));
    return String.join(",", parts);
  }
}
