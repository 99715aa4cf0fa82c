package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.print.Table;
import dev.ordinal.client.MemberChange;
import dev.ordinal.client.MemberList;
import dev.ordinal.client.MemberVerdict;
import dev.ordinal.client.OrdinalClient;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal member}: who the replicas are, and how they change. */
@Command(
    name = "member",
    mixinStandardHelpOptions = true,
    description = "Shows the members of a store, and changes them while it runs.",
    synopsisSubcommandLabel =
        "list | add | promote | demote | replace | remove | priority | transfer",
    subcommands = {
      MemberVerb.ListVerb.class,
      MemberVerb.AddVerb.class,
      MemberVerb.PromoteVerb.class,
      MemberVerb.DemoteVerb.class,
      MemberVerb.ReplaceVerb.class,
      MemberVerb.RemoveVerb.class,
      MemberVerb.PriorityVerb.class,
      MemberVerb.TransferVerb.class,
    })
public final class MemberVerb {
  private static final int DISK_SHOWN = 8;

  private MemberVerb() {}

  /** {@code ordinal member list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the members, how far each is, and the nodes that wait to be added.")
  static final class ListVerb extends StoreVerb {
    @Override
    ExitCode run(OrdinalClient client, Printer out) {
      MemberList list = client.membership().list();
      out.print(list, () -> text(list));
      return list.byLeader() ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private static String text(MemberList list) {
      Table table =
          new Table(
              "NODE",
              "ROLE",
              "PRIORITY",
              "ADDRESS",
              "PEERS",
              "DISK",
              "MATCHED",
              "APPLIED",
              "STATE");
      for (MemberList.Member member : list.members()) {
        boolean leads = member.node() == list.leader();
        row(
            table,
            new Node(member.node(), role(member), String.valueOf(member.priority())),
            new Where(member.address(), member.peerAddress(), member.incarnation()),
            member.progress(),
            leads ? "leads" : null);
      }
      for (MemberList.Guest guest : list.guests()) {
        row(
            table,
            new Node(guest.node(), "guest", "-"),
            new Where(guest.address(), guest.peerAddress(), guest.incarnation()),
            guest.progress(),
            null);
      }
      return "cluster %s, configuration %d, decided slot %,d%n%s"
          .formatted(list.cluster(), list.configuration(), list.decidedSlot(), table.text());
    }

    private record Node(int node, String role, String priority) {}

    private record Where(String address, String peerAddress, String disk) {}

    private static void row(
        Table table,
        Node node,
        Where where,
        MemberList.@Nullable Progress progress,
        @Nullable String state) {
      table.row(
          node.node(),
          node.role(),
          node.priority(),
          where.address(),
          where.peerAddress(),
          where.disk().substring(0, Math.min(DISK_SHOWN, where.disk().length())),
          progress == null ? "-" : progress.matchedSlot(),
          progress == null ? "-" : progress.appliedSlot(),
          state == null ? state(progress) : state);
    }

    private static String role(MemberList.Member member) {
      return member.role().name().toLowerCase(Locale.ROOT);
    }

    private static String state(MemberList.@Nullable Progress progress) {
      if (progress == null) {
        return "unknown";
      }
      return progress.ready()
          ? "ready"
          : "not ready, heard %,d ms ago".formatted(progress.silentMillis());
    }
  }

  /** A verb that asks for one change. */
  abstract static class ChangeVerb extends StoreVerb {
    @Option(
        names = "--dry-run",
        description =
            "Say what would become of it, and which quorum would be left; change nothing.")
    private boolean dryRun;

    abstract MemberChange change();

    @Override
    final ExitCode run(OrdinalClient client, Printer out) {
      MemberVerdict verdict =
          dryRun ? client.membership().tryOut(change()) : client.membership().change(change());
      out.print(verdict, () -> text(verdict));
      return ExitCode.OK;
    }

    private String text(MemberVerdict verdict) {
      if (verdict.unchanged()) {
        return "nothing to do: " + verdict.why();
      }
      int ready = verdict.voters().size() - verdict.notReady().size();
      return "%s configuration %d: voters %s, learners %s, first leader %d; %d of %d decide, %d %s"
          .formatted(
              dryRun ? "there would be" : "there is now",
              verdict.configuration(),
              verdict.voters(),
              verdict.learners(),
              verdict.firstLeader(),
              verdict.deciding(),
              verdict.voters().size(),
              ready,
              verdict.notReady().isEmpty() ? "are ready" : "are ready, not " + verdict.notReady());
    }
  }

  /** {@code ordinal member add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes a node that waits a learner.")
  static final class AddVerb extends ChangeVerb {
    @Parameters(paramLabel = "NODE", description = "The number it was formatted with.")
    private int node;

    @Override
    MemberChange change() {
      return new MemberChange.Add(node);
    }
  }

  /** {@code ordinal member promote}. */
  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = "Makes a learner that is ready a voter.")
  static final class PromoteVerb extends ChangeVerb {
    @Parameters(paramLabel = "NODE", description = "The learner.")
    private int node;

    @Override
    MemberChange change() {
      return new MemberChange.Promote(node);
    }
  }

  /** {@code ordinal member demote}. */
  @Command(
      name = "demote",
      mixinStandardHelpOptions = true,
      description = "Makes a voter a learner.")
  static final class DemoteVerb extends ChangeVerb {
    @Parameters(paramLabel = "NODE", description = "The voter.")
    private int node;

    @Override
    MemberChange change() {
      return new MemberChange.Demote(node);
    }
  }

  /** {@code ordinal member replace}. */
  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a node that waits, or a learner, in the place of a member, in one step.",
        "With the same number twice: a new disk in the place of a lost one."
      })
  static final class ReplaceVerb extends ChangeVerb {
    @Parameters(index = "0", paramLabel = "OLD", description = "The member that goes.")
    private int node;

    @Parameters(index = "1", paramLabel = "NEW", description = "The node that comes.")
    private int with;

    @Override
    MemberChange change() {
      return new MemberChange.Replace(node, with);
    }
  }

  /** {@code ordinal member remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a member, the leader too; its process can be stopped afterwards.")
  static final class RemoveVerb extends ChangeVerb {
    @Parameters(paramLabel = "NODE", description = "The member.")
    private int node;

    @Override
    MemberChange change() {
      return new MemberChange.Remove(node);
    }
  }

  /** {@code ordinal member priority}. */
  @Command(
      name = "priority",
      mixinStandardHelpOptions = true,
      description = "Sets a member's priority: a leader hands over to a voter of a higher one.")
  static final class PriorityVerb extends ChangeVerb {
    @Parameters(index = "0", paramLabel = "NODE", description = "The member.")
    private int node;

    @Parameters(index = "1", paramLabel = "PRIORITY", description = "0 unless it was set.")
    private int priority;

    @Override
    MemberChange change() {
      return new MemberChange.SetPriority(node, priority);
    }
  }

  /** {@code ordinal member transfer}. */
  @Command(
      name = "transfer",
      mixinStandardHelpOptions = true,
      description = "Hands leadership to another voter.")
  static final class TransferVerb extends StoreVerb {
    @Parameters(paramLabel = "NODE", description = "The voter that shall lead.")
    private int node;

    @Override
    ExitCode run(OrdinalClient client, Printer out) {
      client.membership().transferLeadership(node);
      out.print(node, () -> "node %d leads".formatted(node));
      return ExitCode.OK;
    }
  }
}
