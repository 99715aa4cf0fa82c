package dev.ordinal.scheduler.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.OrderId;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a scheduler takes up its tasks. */
class AgendaTest {
  private static final Task A = task("a");
  private static final Task B = task("b");
  private static final Task C = task("c");

  @Test
  void whatWasRefusedWaitsUntilTheViewShowsWhatRefusedIt() {
    Agenda agenda = new Agenda(List.of(A, B), 1);
    Bundle refused = agenda.next(OrderId.of(3)).orElseThrow();
    agenda.putWaiting(refused.readyAt(OrderId.of(7)));
    assertThat(agenda.next(OrderId.of(6)).orElseThrow().tasks()).containsExactly(B);
    assertThat(agenda.next(OrderId.of(6))).isEmpty();
    assertThat(agenda.isEmpty()).isFalse();
    assertThat(agenda.next(OrderId.of(7)).orElseThrow().tasks()).containsExactly(A);
    assertThat(agenda.isEmpty()).isTrue();
  }

  @Test
  void whatWasRefusedComesBeforeWhatIsNew() {
    Agenda agenda = new Agenda(List.of(A, B, C), 2);
    agenda.putWaiting(agenda.next(OrderId.NONE).orElseThrow().readyAt(OrderId.of(2)));
    assertThat(agenda.next(OrderId.of(2)).orElseThrow().tasks()).containsExactly(A, B);
    assertThat(agenda.next(OrderId.of(2)).orElseThrow().tasks()).containsExactly(C);
  }

  private static Task task(String name) {
    return new Task(name, new Request(1, 1, 0, 0, List.of()));
  }
}
