package dev.ordinal.journal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static Key key(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return Key.wrap(array);
  }

  @Test
  void withoutPrefixesEverythingIsSelected() {
    assertThat(Selection.under(List.of()).ranges()).containsExactly(KeyRange.EVERYTHING);
    assertThat(Selection.under(List.of(Key.EMPTY)).admits(key(0xFF, 0xFF))).isTrue();
  }

  @Test
  void aPrefixOfAnotherCoversIt() {
    Selection selection = Selection.under(List.of(key(1, 2, 3), key(1, 2), key(1, 2)));
    assertThat(selection.ranges()).containsExactly(new KeyRange(key(1, 2), key(1, 3)));
  }

  @Test
  void aPrefixEndsWhereItsLastByteThatCanGrowDoes() {
    assertThat(Selection.under(List.of(key(1, 0xFF, 0xFF))).ranges())
        .containsExactly(new KeyRange(key(1, 0xFF, 0xFF), key(2)));
    assertThat(Selection.under(List.of(key(0xFF))).ranges())
        .containsExactly(new KeyRange(key(0xFF), null));
  }

  @Test
  void keysUnderAnyPrefixAreAdmittedAndNoOthers() {
    Selection selection = Selection.under(List.of(key(5), key(1), key(3, 0xFF)));
    assertThat(List.of(key(1), key(1, 0), key(3, 0xFF, 9), key(5, 0xFF)))
        .allMatch(selection::admits);
    assertThat(List.of(key(0), key(2), key(3), key(3, 0xFE), key(4), key(6), Key.EMPTY))
        .noneMatch(selection::admits);
  }
}
