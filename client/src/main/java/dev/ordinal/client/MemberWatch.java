package dev.ordinal.client;

import dev.ordinal.proto.admin.v1.AdminGrpc;
import dev.ordinal.proto.admin.v1.ListMembersReply;
import dev.ordinal.proto.admin.v1.ListMembersRequest;
import dev.ordinal.proto.admin.v1.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks every few seconds who the members are, so that a client outlives the replacement of all the
 * replicas that it was told of. Belongs to the loop.
 */
final class MemberWatch {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final ClientLoop loop;
  private final Replicas replicas;
  private final Calls calls;

  MemberWatch(ClientLoop loop, Replicas replicas, Calls calls) {
    this.loop = loop;
    this.replicas = replicas;
    this.calls = calls;
  }

  void start() {
    loop.after(PERIOD, this::ask);
  }

  private void ask() {
    var unused =
        calls
            .call(
                AdminGrpc.getListMembersMethod(),
                ListMembersRequest.getDefaultInstance(),
                Calls.Route.LEADER)
            .whenComplete((reply, failure) -> {
              if (failure == null) {
                learn(reply);
              }
              start();
            });
  }

  private void learn(ListMembersReply reply) {
    List<String> addresses = new ArrayList<>();
    for (Member member : reply.getMembersList()) {
      if (!member.getAddress().isEmpty()) {
        addresses.add(member.getAddress());
      }
    }
    loop.run(() -> replicas.learn(addresses));
  }
}
