package dev.ordinal.server.rpc;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.proto.admin.v1.Guest;
import dev.ordinal.proto.admin.v1.ListMembersReply;
import dev.ordinal.proto.admin.v1.Member;
import dev.ordinal.proto.admin.v1.Progress;
import dev.ordinal.proto.admin.v1.Role;
import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.server.membership.Scene;
import dev.ordinal.server.net.NodeAddress;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What consensus and the transport know of the nodes, put together. */
final class MemberScene {
  private final ReplicaFacts facts;
  private final AdminFacts admin;

  MemberScene(ReplicaFacts facts, AdminFacts admin) {
    this.facts = facts;
    this.admin = admin;
  }

  Scene of(ReplicaView view) {
    Map<Integer, Scene.Standing> members = new TreeMap<>();
    for (ReplicaView.Peer peer : view.peers()) {
      members.put(
          peer.member(), standing(view, peer.matched(), peer.applied(), peer.silentTicks()));
    }
    if (view.role() == ReplicaView.Role.LEADER) {
      members.put(facts.node(), standing(view, view.length(), view.applied(), 0));
    }
    Map<Integer, Scene.Waiting> guests = new TreeMap<>();
    for (dev.ordinal.server.peer.Guest guest : admin.guests().get()) {
      guests.put(
          guest.node(),
          new Scene.Waiting(
              guest.incarnation(), guest.address().toString(), standing(view, guest)));
    }
    return new Scene(facts.node(), view.configuration(), view.decided(), members, guests);
  }

  private Scene.@Nullable Standing standing(
      ReplicaView view, dev.ordinal.server.peer.Guest connected) {
    for (ReplicaView.Guest guest : view.guests()) {
      if (guest.node() == connected.node() && guest.incarnation().equals(connected.incarnation())) {
        return standing(view, guest.decided(), guest.applied(), guest.silentTicks());
      }
    }
    return null;
  }

  private Scene.Standing standing(ReplicaView view, long matched, long applied, long silentTicks) {
    boolean ready = admin.readiness().holds(view.decided(), matched, silentTicks);
    return new Scene.Standing(matched, applied, silentTicks, ready);
  }

  ListMembersReply list(ReplicaView view, LeaderHint leader) {
    Scene scene = of(view);
    ListMembersReply.Builder reply =
        ListMembersReply.newBuilder()
            .setCluster(admin.cluster().toString())
            .setConfiguration(view.configuration().number())
            .setLeader(leader)
            .setLeads(view.role() == ReplicaView.Role.LEADER)
            .setDecidedSlot(view.decided());
    for (Configuration.Member member : view.configuration().members()) {
      reply.addMembers(member(member, scene));
    }
    scene
        .guests()
        .forEach((node, guest) -> {
          Guest.Builder shown =
              Guest.newBuilder().setNode(node).setIncarnation(guest.incarnation().toString());
          NodeAddress address = NodeAddress.parse(guest.address());
          shown.setAddress(address.clients().toString()).setPeerAddress(address.peers().toString());
          if (guest.standing() != null) {
            shown.setProgress(progress(guest.standing()));
          }
          reply.addGuests(shown);
        });
    return reply.build();
  }

  private Member member(Configuration.Member member, Scene scene) {
    Member.Builder shown =
        Member.newBuilder()
            .setNode(member.node())
            .setRole(
                switch (member.role()) {
                  case VOTER -> Role.VOTER;
                  case LEARNER -> Role.LEARNER;
                })
            .setPriority(member.priority())
            .setIncarnation(member.incarnation().toString());
    NodeAddress address = facts.addresses().apply(member.node());
    if (address != null) {
      shown.setAddress(address.clients().toString()).setPeerAddress(address.peers().toString());
    }
    Scene.Standing standing = scene.standings().get(member.node());
    if (standing != null) {
      shown.setProgress(progress(standing));
    }
    return shown.build();
  }

  private Progress progress(Scene.Standing standing) {
    return Progress.newBuilder()
        .setMatchedSlot(Math.max(0, standing.matched()))
        .setAppliedSlot(standing.applied())
        .setSilentMillis(standing.silentTicks() * admin.readiness().tick().toMillis())
        .setReady(standing.ready())
        .build();
  }
}
