package dev.ordinal.journal.store;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The column families of the state; docs/storage.md has their rows. */
enum StateFamily {
  /** Of every key its newest version, a deletion included. Point lookups, and scans. */
  NEWEST,
  /** The versions before: each row is put once and never changed. Looked up by seeking. */
  HISTORY,
  /** The records of committed transactions, by order ID. Appended, read in runs. */
  JOURNAL,
  /** Sessions and the outcomes of their transactions. */
  SESSION,
  /** Leases and the keys that end with them. */
  LEASE,
  /** What the state is, whose it is and where it stands. */
  META;

  /** Its name on disk. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static byte[] encode(String label) {
    return label.getBytes(StandardCharsets.UTF_8);
  }

  static String decode(byte[] label) {
    return new String(label, StandardCharsets.UTF_8);
  }
}
