package dev.ordinal.cli.verb;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Table;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.RetentionPolicy;
import dev.ordinal.client.RetentionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each replica says about what is retained, as the verbs about it print it. */
final class RetentionView {
  private RetentionView() {}

  /** What one replica answered; without a status, the problem. */
  record Answer(String address, Optional<RetentionStatus> status, String problem) {}

  /** The JSON form; only the address and the problem if the replica did not answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Replica(
      String address,
      @Nullable Integer node,
      @Nullable Long floor,
      @Nullable Long order,
      @Nullable Long clockMillis,
      @Nullable Bounds policy,
      @Nullable List<Hold> holds,
      @Nullable Long collected,
      @Nullable Long removed,
      @Nullable Long longestWaitMicros,
      @Nullable String problem) {
    static Replica of(Answer answer) {
      return answer
          .status
          .map(status -> of(answer.address, status))
          .orElseGet(() ->
              new Replica(
                  answer.address,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  answer.problem));
    }

    private static Replica of(String address, RetentionStatus status) {
      RetentionPolicy policy = status.policy();
      return new Replica(
          address,
          status.node(),
          status.range().floor().value(),
          status.range().current().value(),
          status.clock().toMillis(),
          new Bounds(policy.ordersMax(), policy.bytesMax(), policy.ageMax().toMillis()),
          status.holds().stream().map(Hold::of).toList(),
          status.collection().through().value(),
          status.collection().removed(),
          status.collection().longestWait().toNanos() / 1000,
          null);
    }
  }

  private record Bounds(long ordersMax, long bytesMax, long ageMillisMax) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Hold(String name, long order, @Nullable Long untilMillis) {
    static Hold of(RetentionStatus.Hold hold) {
      return new Hold(
          hold.name(), hold.order().value(), hold.until().map(Duration::toMillis).orElse(null));
    }
  }

  static ExitCode show(OrdinalClient client, Printer out) {
    List<Answer> answers = answers(client);
    out.print(answers.stream().map(Replica::of).toList(), () -> text(answers));
    return answers.stream().anyMatch(answer -> answer.status.isPresent())
        ? ExitCode.OK
        : ExitCode.UNAVAILABLE;
  }

  static List<Answer> answers(OrdinalClient client) {
    List<Answer> answers = new ArrayList<>();
    for (String address : client.addresses()) {
      try {
        RetentionStatus status = client.retention().status(address);
        answers.add(new Answer(address, Optional.of(status), ""));
      } catch (OrdinalException silent) {
        answers.add(new Answer(address, Optional.empty(), String.valueOf(silent.getMessage())));
      }
    }
    return answers;
  }

  private static String text(List<Answer> answers) {
    Table replicas =
        new Table("NODE", "ADDRESS", "FLOOR", "LAST", "COLLECTED", "REMOVED", "LONGEST WAIT");
    RetentionStatus newest = null;
    StringBuilder problems = new StringBuilder();
    for (Answer answer : answers) {
      RetentionStatus status = answer.status.orElse(null);
      if (status == null) {
        replicas.row("-", answer.address, "-", "-", "-", "-", "-");
        problems.append(line(answer.address + ": " + answer.problem));
        continue;
      }
      boolean newer =
          newest == null || status.range().current().compareTo(newest.range().current()) > 0;
      newest = newer ? status : newest;
      RetentionStatus.Collection collection = status.collection();
      replicas.row(
          status.node(),
          answer.address,
          status.range().floor().value(),
          status.range().current().value(),
          collection.through().value(),
          collection.removed(),
          "%.1f ms".formatted(collection.longestWait().toNanos() / 1e6));
    }
    return replicas.text() + (newest == null ? "" : policyAndHolds(newest)) + problems;
  }

  private static String policyAndHolds(RetentionStatus status) {
    RetentionPolicy policy = status.policy();
    StringBuilder text =
        new StringBuilder(
            line(
                "kept: %s, %s, %s, whichever is less"
                    .formatted(
                        bound(policy.ordersMax(), "%,d transactions"),
                        bound(policy.bytesMax(), "%,d bytes"),
                        bound(policy.ageMax().toMillis(), "%,d ms"))));
    for (RetentionStatus.Hold hold : status.holds()) {
      String rest =
          hold.until()
              .map(until -> "for %,d s more".formatted(until.minus(status.clock()).toSeconds()))
              .orElse("until released");
      text.append(
          line("hold %s: from order ID %s on, %s".formatted(hold.name(), hold.order(), rest)));
    }
    return text.toString();
  }

  private static String bound(long value, String format) {
    return value == 0 ? "any number" : format.formatted(value);
  }

  private static String line(String text) {
    return System.lineSeparator() + text;
  }
}
