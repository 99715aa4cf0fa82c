package dev.ordinal.journal.retention;

/**
 * Somebody's wish that the state at {@code order} and the records after it be kept: of a backup, or
 * of a subscriber that will come back.
 *
 * @param untilMillis where the replicated clock stands when it ends; {@link #UNTIL_RELEASED}: never
 */
public record Hold(String name, long order, long untilMillis) {
  public static final long UNTIL_RELEASED = Long.MAX_VALUE;
}
