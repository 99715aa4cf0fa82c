package dev.ordinal.cli.verb;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Shown;
import dev.ordinal.cli.print.Table;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.client.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code ordinal status}: what each replica says of itself. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows each replica: role, slots, order IDs, digest, memory.")
public final class StatusVerb extends StoreVerb {
  private static final int DIGEST_SHOWN = 12;

  /** What one replica answered: its status, or why there is none. */
  private record Answer(String address, @Nullable ReplicaStatus status, @Nullable String problem) {}

  /** The JSON form; only the address and the problem if the replica did not answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Replica(
      String address,
      @Nullable Integer node,
      @Nullable String role,
      @Nullable Integer leader,
      @Nullable String ballot,
      ReplicaStatus.@Nullable Log log,
      @Nullable Long order,
      @Nullable Long floor,
      @Nullable String digest,
      ReplicaStatus.@Nullable Figures figures,
      @Nullable String problem) {
    static Replica of(Answer answer) {
      ReplicaStatus status = answer.status;
      return status == null
          ? new Replica(
              answer.address, null, null, null, null, null, null, null, null, null, answer.problem)
          : new Replica(
              answer.address,
              status.node(),
              roleName(status),
              status.leader(),
              status.ballot(),
              status.log(),
              status.current().value(),
              status.floor().value(),
              Shown.hex(status.digest()),
              status.figures(),
              null);
    }
  }

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    List<Answer> answers = new ArrayList<>();
    for (String address : client.addresses()) {
      try {
        answers.add(new Answer(address, client.status(address), null));
      } catch (OrdinalException silent) {
        answers.add(new Answer(address, null, silent.getMessage()));
      }
    }
    out.print(answers.stream().map(Replica::of).toList(), () -> text(answers));
    return answers.stream().anyMatch(StatusVerb::leads) ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private static boolean leads(Answer answer) {
    return answer.status != null && answer.status.role() == ReplicaStatus.Role.LEADER;
  }

  private static String roleName(ReplicaStatus status) {
    return status.role().name().toLowerCase(Locale.ROOT);
  }

  private static String text(List<Answer> answers) {
    Table table =
        new Table(
            "NODE",
            "ADDRESS",
            "ROLE",
            "BALLOT",
            "LOG FROM",
            "LOG MIB",
            "DECIDED",
            "APPLIED",
            "ORDER ID",
            "DIGEST",
            "MIB");
    StringBuilder problems = new StringBuilder();
    for (Answer answer : answers) {
      ReplicaStatus status = answer.status;
      if (status == null) {
        table.row("-", answer.address, "silent", "-", "-", "-", "-", "-", "-", "-", "-");
        problems
            .append(System.lineSeparator())
            .append(answer.address)
            .append(": ")
            .append(answer.problem);
        continue;
      }
      table.row(
          status.node(),
          answer.address,
          roleName(status),
          status.ballot(),
          status.log().base() + 1,
          status.log().diskBytes() >> 20,
          status.log().decidedSlot(),
          status.log().appliedSlot(),
          status.current().value(),
          Shown.hex(status.digest()).substring(0, DIGEST_SHOWN),
          status.figures().residentBytes() >> 20);
    }
    return table.text() + problems;
  }
}
