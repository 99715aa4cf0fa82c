package dev.ordinal.cli.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void wordsStandLeftAndNumbersRight() {
    String text = new Table("NAME", "COUNT").row("a", 5).row("long name", 12_345L).text();
    assertThat(text.lines())
        .containsExactly("NAME        COUNT", "a               5", "long name  12,345");
  }

  @Test
  void aTableWithoutRowsIsItsHeading() {
    assertThat(new Table("NAME", "COUNT").text()).isEqualTo("NAME  COUNT");
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table("NAME", "COUNT").row("a"))
        .withMessageContaining("1 cells for 2 columns");
  }
}
