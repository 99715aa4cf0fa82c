package dev.ordinal.server.rpc;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.admin.v1.AdminGrpc;
import dev.ordinal.proto.admin.v1.ChangeMembersReply;
import dev.ordinal.proto.admin.v1.ChangeMembersRequest;
import dev.ordinal.proto.admin.v1.ListMembersReply;
import dev.ordinal.proto.admin.v1.ListMembersRequest;
import dev.ordinal.proto.admin.v1.TransferLeadershipReply;
import dev.ordinal.proto.admin.v1.TransferLeadershipRequest;
import dev.ordinal.server.membership.Change;
import dev.ordinal.server.membership.Plan;
import dev.ordinal.server.membership.Planner;
import dev.ordinal.server.membership.Scene;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service {@code ordinal.admin.v1.Admin}: translates, plans, asks consensus, answers. */
public final class AdminService extends AdminGrpc.AdminImplBase {
  private final StoreReplica replica;
  private final MemberScene scenes;
  private final Leaders leaders;
  private final Replies replies;

  public AdminService(
      StoreReplica replica, ReplicaFacts facts, AdminFacts admin, StoreService.Means means) {
    this.replica = replica;
    this.scenes = new MemberScene(facts, admin);
    this.leaders = new Leaders(facts.addresses());
    this.replies = new Replies(means.failStop());
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersReply> observer) {
    StreamObserver<ListMembersReply> reply = Replies.forgiving(observer);
    replies.guarded(
        reply,
        () -> {
          ReplicaView view = replica.consensus();
          reply.onNext(scenes.list(view, leaders.hint(view.leader())));
          reply.onCompleted();
        });
  }

  @Override
  public void changeMembers(
      ChangeMembersRequest request, StreamObserver<ChangeMembersReply> observer) {
    StreamObserver<ChangeMembersReply> reply = Replies.forgiving(observer);
    replies.guarded(reply, () -> change(request, reply));
  }

  private void change(ChangeMembersRequest request, StreamObserver<ChangeMembersReply> reply) {
    Change change = change(request);
    Scene scene = scenes.of(leading());
    switch (Planner.plan(scene, change)) {
      case Plan.AlreadySo(String why) ->
          answer(reply, described(scene.now(), scene).setUnchanged(true).setWhy(why).build());
      case Plan.Refused(Plan.Reason reason, String message) ->
          throw Errors.changeRefused(reason.name(), message);
      case Plan.Next(Configuration next) ->
          replica.reconfigure(
              next,
              request.getDryRun(),
              verdict -> replies.guarded(reply, () -> conclude(scene, next, verdict, reply)));
    }
  }

  private void conclude(
      Scene scene, Configuration next, Verdict verdict, StreamObserver<ChangeMembersReply> reply) {
    StatusRuntimeException problem = problem(verdict, scene, next);
    if (problem != null) {
      throw problem;
    }
    answer(reply, described(next, scene).build());
  }

  private static ChangeMembersReply.Builder described(Configuration configuration, Scene scene) {
    ChangeMembersReply.Builder reply =
        ChangeMembersReply.newBuilder()
            .setConfiguration(configuration.number())
            .setFirstLeader(configuration.firstLeader())
            .setDeciding(configuration.quorums().deciding());
    for (Configuration.Member member : configuration.members()) {
      switch (member.role()) {
        case VOTER -> {
          reply.addVoters(member.node());
          if (!scene.isReady(member)) {
            reply.addNotReady(member.node());
          }
        }
        case LEARNER -> reply.addLearners(member.node());
      }
    }
    return reply;
  }

  @Override
  public void transferLeadership(
      TransferLeadershipRequest request, StreamObserver<TransferLeadershipReply> observer) {
    StreamObserver<TransferLeadershipReply> reply = Replies.forgiving(observer);
    replies.guarded(
        reply,
        () -> {
          Scene scene = scenes.of(leading());
          int target = request.getNode();
          if (!scene.now().isVoter(target)) {
            throw Errors.changeRefused(
                Plan.Reason.WRONG_ROLE.name(),
                "node %d cannot lead: the voters are %s".formatted(target, scene.now().voters()));
          }
          replica.transfer(
              target, verdict -> replies.guarded(reply, () -> transferred(verdict, scene, reply)));
        });
  }

  private void transferred(
      Verdict verdict, Scene scene, StreamObserver<TransferLeadershipReply> reply) {
    StatusRuntimeException problem = problem(verdict, scene, scene.now());
    if (problem != null) {
      throw problem;
    }
    if (verdict instanceof Verdict.Transferred(int leader)) {
      answer(reply, TransferLeadershipReply.newBuilder().setLeader(leader).build());
    }
  }

  /** Why it was not done; null if it was. */
  private @Nullable StatusRuntimeException problem(
      Verdict verdict, Scene scene, Configuration next) {
    return switch (verdict) {
      case Verdict.Reconfigured _, Verdict.Permitted _, Verdict.Transferred _ -> null;
      case Verdict.NotReady(List<Integer> lacking) ->
          Errors.changeRefused(
              "NO_QUORUM_LEFT",
              "of the voters %s that would be left, %s are silent or behind; %d are needed, node"
                      .formatted(next.voters(), lacking, next.quorums().deciding())
                  + " %d among them: bring them back, or wait until 'member list' shows them ready"
                      .formatted(next.firstLeader()));
      case Verdict.OutOfTurn _, Verdict.ChangeInProgress _ ->
          Errors.changeLater(
              "CHANGE_IN_PROGRESS",
              "configuration %d, or its leader, is being changed already; ask again"
                  .formatted(scene.now().number()));
      case Verdict.NotTransferred(int target) ->
          Errors.changeRefused(
              "NOT_TRANSFERRED",
              "node %d did not take over in time; node %d leads on: see whether 'member list' shows"
                      .formatted(target, scene.leader())
                  + " it ready");
      case Verdict.Undetermined() ->
          Errors.changeLater(
              "CHANGE_UNDETERMINED",
              "leadership was lost while the change was under way: it may be decided or not; ask"
                  + " again, what is so already is not done twice");
      case Verdict.NotLeader _, Verdict.Overloaded _, Verdict.TooLarge _, Verdict.ReadableAt _ ->
          Errors.of(verdict, Origin.NONE, leaders);
    };
  }

  private ReplicaView leading() {
    ReplicaView view = replica.consensus();
    if (view.role() != ReplicaView.Role.LEADER) {
      throw Errors.notLeader(leaders.hint(view.leader()));
    }
    return view;
  }

  private static Change change(ChangeMembersRequest request) {
    return switch (request.getChangeCase()) {
      case ADD -> new Change.Add(request.getAdd().getNode());
      case PROMOTE -> new Change.Promote(request.getPromote().getNode());
      case DEMOTE -> new Change.Demote(request.getDemote().getNode());
      case REPLACE ->
          new Change.Replace(request.getReplace().getNode(), request.getReplace().getWith());
      case REMOVE -> new Change.Remove(request.getRemove().getNode());
      case SET_PRIORITY ->
          new Change.SetPriority(
              request.getSetPriority().getNode(), request.getSetPriority().getPriority());
      case CHANGE_NOT_SET -> throw Errors.malformed("the request names no change");
    };
  }

  private static <T> void answer(StreamObserver<T> observer, T reply) {
    observer.onNext(reply);
    observer.onCompleted();
  }
}
