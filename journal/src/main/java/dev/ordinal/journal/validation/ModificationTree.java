package dev.ordinal.journal.validation;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import org.jspecify.annotations.Nullable;

/**
 * Last modifications in the order of their keys; the latest one in a range takes logarithmic time.
 *
 * <p>A treap (Seidel and Aragon, "Randomized Search Trees", 1996): a search tree by key and a heap
 * by a pseudo-random priority, so that its depth does not depend on the keys that clients choose.
 * Each node also knows the latest modification in the subtree below it. The shape never shows in an
 * answer.
 */
final class ModificationTree {
  private @Nullable Node root;
  private long random = 0x9E3779B97F4A7C15L;

  /** A key of the tree. */
  static final class Node {
    private final Key key;
    private final int priority;
    private Modification last;

    /** The latest of the subtree with this node at its root. */
    private Modification latest;

    private @Nullable Node left;
    private @Nullable Node right;

    private Node(Key key, int priority, Modification last) {
      this.key = key;
      this.priority = priority;
      this.last = last;
      this.latest = last;
    }

    Modification last() {
      return last;
    }

    private void refresh() {
      Modification found = last;
      if (left != null && left.latest.order() > found.order()) {
        found = left.latest;
      }
      if (right != null && right.latest.order() > found.order()) {
        found = right.latest;
      }
      latest = found;
    }
  }

  /** Adds a key that is not in the tree, with a modification not earlier than any in it. */
  Node add(Key key, Modification modification) {
    Node node = new Node(key, nextPriority(), modification);
    Node parent = null;
    boolean before = false;
    Node at = root;
    while (at != null && at.priority >= node.priority) {
      at.latest = modification;
      before = key.compareTo(at.key) < 0;
      parent = at;
      at = before ? at.left : at.right;
    }
    split(at, node);
    if (parent == null) {
      root = node;
    } else if (before) {
      parent.left = node;
    } else {
      parent.right = node;
    }
    return node;
  }

  /** Gives {@code node} a modification not earlier than any in the tree. */
  void renew(Node node, Modification modification) {
    Node at = root;
    while (at != node && at != null) {
      at.latest = modification;
      at = node.key.compareTo(at.key) < 0 ? at.left : at.right;
    }
    node.last = modification;
    node.latest = modification;
  }

  /** Removes a key that is in the tree. */
  void remove(Key key) {
    root = remove(root, key);
  }

  /** The latest modification of a key in {@code range}; null if no key is. */
  @Nullable Modification lastIn(KeyRange range) {
    Node at = root;
    while (at != null && !range.contains(at.key)) {
      at = at.key.compareTo(range.start()) < 0 ? at.right : at.left;
    }
    if (at == null) {
      return null;
    }
    Modification found = later(at.last, lastFrom(at.left, range.start()));
    Key end = range.end();
    Modification above =
        end == null ? (at.right == null ? null : at.right.latest) : lastUntil(at.right, end);
    return later(found, above);
  }

  /** The latest at or after {@code start} below {@code at}. */
  private static @Nullable Modification lastFrom(@Nullable Node at, Key start) {
    Modification found = null;
    while (at != null) {
      if (at.key.compareTo(start) < 0) {
        at = at.right;
      } else {
        found = later(at.last, found);
        found = at.right == null ? found : later(at.right.latest, found);
        at = at.left;
      }
    }
    return found;
  }

  /** The latest before {@code end} below {@code at}. */
  private static @Nullable Modification lastUntil(@Nullable Node at, Key end) {
    Modification found = null;
    while (at != null) {
      if (at.key.compareTo(end) >= 0) {
        at = at.left;
      } else {
        found = later(at.last, found);
        found = at.left == null ? found : later(at.left.latest, found);
        at = at.right;
      }
    }
    return found;
  }

  private static Modification later(Modification one, @Nullable Modification other) {
    return other != null && other.order() > one.order() ? other : one;
  }

  /** Hangs what is below {@code at} under {@code node}, on the side where it belongs. */
  private static void split(@Nullable Node at, Node node) {
    if (at == null) {
      node.left = null;
      node.right = null;
    } else if (at.key.compareTo(node.key) < 0) {
      split(at.right, node);
      at.right = node.left;
      at.refresh();
      node.left = at;
    } else {
      split(at.left, node);
      at.left = node.right;
      at.refresh();
      node.right = at;
    }
  }

  private static @Nullable Node remove(@Nullable Node at, Key key) {
    if (at == null) {
      throw new IllegalStateException("not in the tree: " + key);
    }
    int direction = key.compareTo(at.key);
    if (direction == 0) {
      return merge(at.left, at.right);
    }
    if (direction < 0) {
      at.left = remove(at.left, key);
    } else {
      at.right = remove(at.right, key);
    }
    at.refresh();
    return at;
  }

  /** Joins two trees; every key of {@code low} is before every key of {@code high}. */
  private static @Nullable Node merge(@Nullable Node low, @Nullable Node high) {
    if (low == null) {
      return high;
    }
    if (high == null) {
      return low;
    }
    Node top;
    if (low.priority > high.priority) {
      low.right = merge(low.right, high);
      top = low;
    } else {
      high.left = merge(low, high.left);
      top = high;
    }
    top.refresh();
    return top;
  }

  /** Xorshift (Marsaglia, 2003). */
  private int nextPriority() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return (int) (random >>> 32);
  }
}
