package dev.ordinal.client;

import dev.ordinal.proto.admin.v1.Add;
import dev.ordinal.proto.admin.v1.ChangeMembersReply;
import dev.ordinal.proto.admin.v1.ChangeMembersRequest;
import dev.ordinal.proto.admin.v1.Demote;
import dev.ordinal.proto.admin.v1.Guest;
import dev.ordinal.proto.admin.v1.ListMembersReply;
import dev.ordinal.proto.admin.v1.Member;
import dev.ordinal.proto.admin.v1.Progress;
import dev.ordinal.proto.admin.v1.Promote;
import dev.ordinal.proto.admin.v1.Remove;
import dev.ordinal.proto.admin.v1.Replace;
import dev.ordinal.proto.admin.v1.Role;
import dev.ordinal.proto.admin.v1.SetPriority;

/** Changes of the members and what is said of them, on the wire and here. */
final class MemberCodec {
  private MemberCodec() {}

  static ChangeMembersRequest request(MemberChange change, boolean dryRun) {
    ChangeMembersRequest.Builder request = ChangeMembersRequest.newBuilder().setDryRun(dryRun);
    if (change instanceof MemberChange.Add add) {
      request.setAdd(Add.newBuilder().setNode(add.node()));
    } else if (change instanceof MemberChange.Promote promote) {
      request.setPromote(Promote.newBuilder().setNode(promote.node()));
    } else if (change instanceof MemberChange.Demote demote) {
      request.setDemote(Demote.newBuilder().setNode(demote.node()));
    } else if (change instanceof MemberChange.Replace replace) {
      request.setReplace(Replace.newBuilder().setNode(replace.node()).setWith(replace.with()));
    } else if (change instanceof MemberChange.Remove remove) {
      request.setRemove(Remove.newBuilder().setNode(remove.node()));
    } else if (change instanceof MemberChange.SetPriority priority) {
      request.setSetPriority(
          SetPriority.newBuilder().setNode(priority.node()).setPriority(priority.priority()));
    }
    return request.build();
  }

  static MemberVerdict verdict(ChangeMembersReply reply) {
    return new MemberVerdict(
        reply.getUnchanged(),
        reply.getWhy(),
        reply.getConfiguration(),
        reply.getVotersList(),
        reply.getLearnersList(),
        reply.getFirstLeader(),
        reply.getDeciding(),
        reply.getNotReadyList());
  }

  static MemberList list(ListMembersReply reply) {
    return new MemberList(
        reply.getCluster(),
        reply.getConfiguration(),
        reply.getLeader().getNode(),
        reply.getLeads(),
        reply.getDecidedSlot(),
        reply.getMembersList().stream().map(MemberCodec::member).toList(),
        reply.getGuestsList().stream().map(MemberCodec::guest).toList());
  }

  private static MemberList.Member member(Member member) {
    return new MemberList.Member(
        member.getNode(),
        role(member.getRole()),
        member.getPriority(),
        member.getIncarnation(),
        member.getAddress(),
        member.getPeerAddress(),
        member.hasProgress() ? progress(member.getProgress()) : null);
  }

  private static MemberList.Guest guest(Guest guest) {
    return new MemberList.Guest(
        guest.getNode(),
        guest.getIncarnation(),
        guest.getAddress(),
        guest.getPeerAddress(),
        guest.hasProgress() ? progress(guest.getProgress()) : null);
  }

  private static MemberList.Role role(Role role) {
    return switch (role) {
      case VOTER -> MemberList.Role.VOTER;
      case LEARNER -> MemberList.Role.LEARNER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> MemberList.Role.UNRECOGNIZED;
    };
  }

  private static MemberList.Progress progress(Progress progress) {
    return new MemberList.Progress(
        progress.getMatchedSlot(),
        progress.getAppliedSlot(),
        progress.getSilentMillis(),
        progress.getReady());
  }
}
