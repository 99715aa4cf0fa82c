package dev.ordinal.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Alternative;
import dev.ordinal.client.Group;
import dev.ordinal.client.Guard;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.Mode;
import dev.ordinal.client.Operation;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Policy;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.scheduler.cluster.DeviceSet;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.NodeShape;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Choice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan looks like in the store's words. */
class PlanWriterTest {
  private static final Node N0 = new Node(0, "n0", new NodeShape(8_000, 64, 2, "T4"));
  private static final Node N1 = new Node(1, "n1", new NodeShape(8_000, 64, 4, "T4"));
  private static final Task WHOLE = new Task("whole", new Request(2_000, 16, 2, 1000, List.of()));
  private static final Task SHARE = new Task("share", new Request(1_000, 0, 1, 460, List.of()));

  private static final Group WHOLE_ON_N0 =
      Group.builder()
          .require(Guard.absent(Key.of("task/whole")))
          .alternative(wholeOn("n0", 0, 1))
          .build();

  @Test
  void byResourceItClaimsCountersAndReadsNothing() {
    Transaction transaction = write(Detection.RESOURCE, CommitMode.INCREMENTAL, whole(N0, 0, 1));
    assertThat(transaction.readOrder()).isEmpty();
    assertThat(transaction.policy()).isEqualTo(Policy.incremental());
    assertThat(transaction.groups()).containsExactly(WHOLE_ON_N0);
  }

  @Test
  void aShareOfADeviceClaimsThousandthsOfThatDeviceAndNoMemoryIfItNeedsNone() {
    Transaction transaction =
        write(
            Detection.RESOURCE,
            CommitMode.INCREMENTAL,
            new Choice(SHARE, List.of(new Placement(SHARE, N1, DeviceSet.of(List.of(3))))));
    assertThat(transaction.groups().getFirst().alternatives())
        .containsExactly(
            Alternative.of(
                Operation.add(Key.of("node/n1/cpu"), -1_000),
                Operation.add(Key.of("node/n1/gpu/3"), -460),
                record("share", "n1", "[3]")));
  }

  @Test
  void alternativesKeepTheirOrder() {
    Choice choice =
        new Choice(
            WHOLE,
            List.of(
                new Placement(WHOLE, N1, DeviceSet.of(List.of(0, 3))),
                new Placement(WHOLE, N0, DeviceSet.of(List.of(0, 1)))));
    assertThat(
            write(Detection.RESOURCE, CommitMode.GANG, choice).groups().getFirst().alternatives())
        .containsExactly(wholeOn("n1", 0, 3), wholeOn("n0", 0, 1));
  }

  @Test
  void aGangIsAllOrNothing() {
    assertThat(write(Detection.RESOURCE, CommitMode.GANG, whole(N0, 0, 1)).policy())
        .isEqualTo(Policy.all());
  }

  @Test
  void byNodeItReadsTheNodeAtWhatIsKnownOfItAndRewritesIt() {
    Transaction transaction = write(Detection.NODE, CommitMode.INCREMENTAL, whole(N0, 0, 1));
    Group group = transaction.groups().getFirst();
    assertThat(transaction.mode()).isEqualTo(Mode.KEYS);
    assertThat(group.readKeys())
        .containsExactly(new Group.ReadKey(Key.of("node/n0"), OrderId.of(42)));
    assertThat(group.alternatives().getFirst().operations())
        .contains(
            Operation.put(
                    Key.of("node/n0"),
                    Value.of("{\"cpuMilli\":8000,\"memoryMib\":64,\"gpus\":2,\"model\":\"T4\"}"))
                .asBlind());
  }

  @Test
  void byJournalItReadsEverythingAtWhatIsKnown() {
    Transaction transaction = write(Detection.JOURNAL, CommitMode.INCREMENTAL, whole(N0, 0, 1));
    assertThat(transaction.mode()).isEqualTo(Mode.JOURNAL);
    assertThat(transaction.readOrder()).contains(OrderId.of(41));
    assertThat(transaction.groups()).containsExactly(WHOLE_ON_N0);
  }

  private static Transaction write(Detection detection, CommitMode commit, Choice choice) {
    PlanShape shape = new PlanShape(detection, commit, 1, 1);
    return new PlanWriter("s1", shape).write(List.of(choice), new KnownThrough41And42());
  }

  private static Choice whole(Node node, int... devices) {
    List<Integer> indices = Arrays.stream(devices).boxed().toList();
    return new Choice(WHOLE, List.of(new Placement(WHOLE, node, DeviceSet.of(indices))));
  }

  private static Alternative wholeOn(String node, int first, int second) {
    return Alternative.of(
        Operation.add(Key.of("node/" + node + "/cpu"), -2_000),
        Operation.add(Key.of("node/" + node + "/mem"), -16),
        Operation.add(Key.of("node/" + node + "/gpu/" + first), -1_000),
        Operation.add(Key.of("node/" + node + "/gpu/" + second), -1_000),
        record("whole", node, "[" + first + "," + second + "]"));
  }

  private static Operation record(String task, String node, String gpus) {
    String json = "{\"node\":\"%s\",\"gpus\":%s,\"scheduler\":\"s1\"}".formatted(node, gpus);
    return Operation.put(Key.of("task/" + task), Value.of(json)).asBlind();
  }

  private record KnownThrough41And42() implements ReadPoint {
    @Override
    public HistoryId history() {
      return new HistoryId(7);
    }

    @Override
    public OrderId order() {
      return OrderId.of(41);
    }

    @Override
    public OrderId order(Node node) {
      return OrderId.of(42);
    }
  }
}
