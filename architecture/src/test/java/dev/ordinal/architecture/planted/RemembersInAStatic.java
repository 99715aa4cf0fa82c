package dev.ordinal.architecture.planted;

/** Remembers across instances. */
public final class RemembersInAStatic {
  private static int calls;

  public int next() {
    return ++calls;
  }
}
