package dev.ordinal.client;

import java.util.function.Function;

/** Maps a committed outcome; any other stays as it is. */
record CommittedOnly(Function<Outcome.Committed, Outcome> onCommitted)
    implements Outcome.Cases<Outcome> {
  @Override
  public Outcome committed(Outcome.Committed outcome) {
    return onCommitted.apply(outcome);
  }

  @Override
  public Outcome refused(Outcome.Refused outcome) {
    return outcome;
  }

  @Override
  public Outcome tooOld(Outcome.TooOld outcome) {
    return outcome;
  }

  @Override
  public Outcome outOfRange(Outcome.OutOfRange outcome) {
    return outcome;
  }

  @Override
  public Outcome invalid(Outcome.Invalid outcome) {
    return outcome;
  }

  @Override
  public Outcome notAccepted(Outcome.NotAccepted outcome) {
    return outcome;
  }

  @Override
  public Outcome unknown(Outcome.Unknown outcome) {
    return outcome;
  }
}
