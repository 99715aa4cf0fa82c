package dev.ordinal.consensus.entry;

/** What one slot of the log holds. Consensus orders entries and never looks inside a payload. */
public record Entry(Kind kind, Payload payload) {
  /** The code is what the log and the wire carry; it is never reused. */
  public enum Kind {
    /** Commands of clients, encoded by {@link Batch}. */
    BATCH(1),
    /** The first entry of a leader's own: once it is applied, everything decided before is too. */
    BARRIER(2),
    /**
     * The last entry of its configuration; the payload is the next one, in the encoding of {@code
     * ConfigurationCodec}.
     */
    STOP_SIGN(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /** Throws {@link IllegalArgumentException} on a code that no kind has. */
    public static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no entry kind has the code " + code);
    }
  }

  public static Entry barrier() {
    return new Entry(Kind.BARRIER, Payload.EMPTY);
  }

  public static Entry stopSign(Payload next) {
    return new Entry(Kind.STOP_SIGN, next);
  }

  public static Entry batch(Payload payload) {
    return new Entry(Kind.BATCH, payload);
  }
}
