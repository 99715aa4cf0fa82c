package dev.ordinal.simulation.explore;

import java.util.Locale;

/** What a state may be worth noting for: a scope that never gets there shows little. */
public enum Mark {
  A_LEADER,
  TWO_LEADERS,
  SOMETHING_DECIDED,
  ALL_COMMANDS_HANDED_IN,
  A_CRASH,
  A_NEW_CONFIGURATION;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
