package dev.ordinal.cli.verb;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.GroupOutcome;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the outcome of a commit is shown. */
final class Committing {
  private Committing() {}

  /** The JSON form: {@code outcome} is the case's name in lower case. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Shown(
      String outcome,
      @Nullable Long order,
      @Nullable List<ShownGroup> groups,
      @Nullable String why) {}

  /** An accepted group has an alternative, a refused one a refusal. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ShownGroup(@Nullable Integer alternative, @Nullable ShownRefusal refusal) {}

  /** See {@code Refusal} in the wire contract. */
  private record ShownRefusal(
      String kind, String what, long order, long session, long shortfall, long present) {}

  static ExitCode print(Outcome outcome, Printer out) {
    out.print(shown(outcome), () -> text(outcome));
    return switch (outcome) {
      case Outcome.Committed _ -> ExitCode.OK;
      case Outcome.Refused _ -> ExitCode.REFUSED;
      case Outcome.TooOld _, Outcome.OutOfRange _ -> ExitCode.OUT_OF_RANGE;
      case Outcome.Invalid _ -> ExitCode.USAGE;
      case Outcome.NotAccepted _ -> ExitCode.UNAVAILABLE;
      case Outcome.Unknown _ -> ExitCode.UNKNOWN;
    };
  }

  private static Shown shown(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed(var order, var groups) ->
          new Shown("committed", order.value(), groups(groups), null);
      case Outcome.Refused(var groups, var current) ->
          new Shown("refused", current.value(), groups(groups), null);
      case Outcome.TooOld(_, var current) ->
          new Shown("too-old", current.value(), null, text(outcome));
      case Outcome.OutOfRange(var current, _) ->
          new Shown("out-of-range", current.value(), null, text(outcome));
      case Outcome.Invalid(var reason) -> new Shown("invalid", null, null, reason);
      case Outcome.NotAccepted(var reason) -> new Shown("not-accepted", null, null, reason);
      case Outcome.Unknown(_, _, var reason) -> new Shown("unknown", null, null, reason);
    };
  }

  private static List<ShownGroup> groups(List<GroupOutcome> groups) {
    return groups.stream()
        .map(group ->
            switch (group) {
              case GroupOutcome.Accepted(int alternative) -> new ShownGroup(alternative, null);
              case GroupOutcome.NotJudged() -> new ShownGroup(null, null);
              case GroupOutcome.Refused(Refusal why) ->
                  new ShownGroup(
                      null,
                      new ShownRefusal(
                          kind(why),
                          what(why),
                          why.order().value(),
                          why.session(),
                          why.shortfall(),
                          why.present()));
            })
        .toList();
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed(var order, var groups) ->
          "committed at order ID " + order + picks(groups);
      case Outcome.Refused refused ->
          refused.refusals().stream()
              .map(Committing::explain)
              .collect(Collectors.joining("; ", "refused: ", ""));
      case Outcome.TooOld(var horizon, var current) ->
          "refused: it read before order ID %s, the oldest still judged (now at %s)"
              .formatted(horizon, current);
      case Outcome.OutOfRange(var current, var history) ->
          "refused: it read beyond order ID %s, or in another history than %s"
              .formatted(current, history);
      case Outcome.Invalid(var reason) -> "invalid: " + reason;
      case Outcome.NotAccepted(var reason) -> "not accepted, nothing changed: " + reason;
      case Outcome.Unknown(long session, long sequence, var reason) ->
          "unknown, it may have taken effect: %s (session %d, sequence %d)"
              .formatted(reason, session, sequence);
    };
  }

  private static String picks(List<GroupOutcome> groups) {
    return groups.size() == 1
        ? ""
        : groups.stream()
            .map(Committing::pick)
            .collect(Collectors.joining(", ", " with groups: ", ""));
  }

  private static String pick(GroupOutcome group) {
    return switch (group) {
      case GroupOutcome.Accepted(int alternative) -> "alternative " + alternative;
      case GroupOutcome.Refused(Refusal why) -> "refused (" + explain(why) + ")";
      case GroupOutcome.NotJudged() -> "not judged";
    };
  }

  /** What stood in the way, in words. */
  static String explain(Refusal why) {
    String what = what(why);
    String by =
        why.order().value() == 0
            ? ""
            : " at order ID "
                + why.order()
                + (why.session() == 0 ? "" : " by session " + why.session());
    return switch (why.kind()) {
      case WRITE -> what + " was written" + by;
      case DELETE -> what + " was deleted" + by;
      case PHANTOM -> "something in " + what + " changed" + by;
      case JOURNAL_MOVED -> "another transaction committed" + by;
      case BOUND ->
          "%s would break its bound by %,d (now %,d)"
              .formatted(what, why.shortfall(), why.present());
      case GUARD ->
          "a guard on %s does not hold%s"
              .formatted(
                  what, why.shortfall() == 0 ? "" : " (off by %,d)".formatted(why.shortfall()));
      case NOT_A_COUNTER ->
          what + " holds no counter: it does not exist, or holds a value; createCounter makes one";
      case IS_A_COUNTER -> what + " is a counter, it cannot be put";
      case COUNTER_EXISTS -> what + " exists already";
      case INITIAL_OUT_OF_BOUNDS -> "the bounds of " + what + " do not hold its value";
      case RANGE_TOO_LARGE ->
          "the range " + what + " holds more keys than one transaction may write";
      case LEASE_ENDED -> "the lease that it needs has ended";
      case LEASE_FULL -> "no more keys can be attached to the lease";
      case UNRECOGNIZED -> "the store refused " + what + " for a reason this program does not know";
    };
  }

  private static String kind(Refusal why) {
    return why.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String what(Refusal why) {
    if (why.range() != null) {
      return why.range().toString();
    }
    return why.key() == null ? "the journal" : why.key().toString();
  }
}
