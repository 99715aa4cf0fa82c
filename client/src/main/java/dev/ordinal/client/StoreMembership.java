package dev.ordinal.client;

import dev.ordinal.proto.admin.v1.AdminGrpc;
import dev.ordinal.proto.admin.v1.ChangeMembersReply;
import dev.ordinal.proto.admin.v1.ListMembersReply;
import dev.ordinal.proto.admin.v1.ListMembersRequest;
import dev.ordinal.proto.admin.v1.TransferLeadershipRequest;
import java.util.ArrayList;
import java.util.List;

/** Asks the leader, wherever it is by then. */
final class StoreMembership implements Membership {
  private final Calls calls;
  private final ClientLoop loop;
  private final Replicas replicas;

  StoreMembership(Calls calls, ClientLoop loop, Replicas replicas) {
    this.calls = calls;
    this.loop = loop;
    this.replicas = replicas;
  }

  @Override
  public MemberList list() {
    ListMembersReply any = ask();
    String leader = any.getLeader().getAddress();
    if (any.getLeads() || leader.isEmpty()) {
      return MemberCodec.list(any);
    }
    try {
      return MemberCodec.list(
          loop.awaitRead(
              calls.callAt(
                  leader,
                  AdminGrpc.getListMembersMethod(),
                  ListMembersRequest.newBuilder().build())));
    } catch (OrdinalException leaderIsGone) {
      return MemberCodec.list(any);
    }
  }

  private ListMembersReply ask() {
    ListMembersReply reply =
        loop.awaitRead(
            calls.call(
                AdminGrpc.getListMembersMethod(),
                ListMembersRequest.getDefaultInstance(),
                Calls.Route.LEADER));
    List<String> addresses = new ArrayList<>();
    reply.getMembersList().forEach(member -> addresses.add(member.getAddress()));
    loop.run(() -> replicas.learn(addresses));
    return reply;
  }

  @Override
  public MemberVerdict change(MemberChange change) {
    return ask(change, false);
  }

  @Override
  public MemberVerdict tryOut(MemberChange change) {
    return ask(change, true);
  }

  private MemberVerdict ask(MemberChange change, boolean dryRun) {
    ChangeMembersReply reply =
        loop.awaitRead(
            calls.call(
                AdminGrpc.getChangeMembersMethod(),
                MemberCodec.request(change, dryRun),
                Calls.Route.LEADER));
    return MemberCodec.verdict(reply);
  }

  @Override
  public void transferLeadership(int node) {
    var unused =
        loop.awaitRead(
            calls.call(
                AdminGrpc.getTransferLeadershipMethod(),
                TransferLeadershipRequest.newBuilder().setNode(node).build(),
                Calls.Route.LEADER));
  }
}
