package dev.ordinal.cli.print;

import java.io.PrintStream;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Where a verb's result goes: standard output, in the form that was asked for. */
public final class Printer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintStream out;
  private final boolean json;

  public Printer(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  public boolean isJson() {
    return json;
  }

  /** Prints one result: {@code value} as one line of JSON, or what {@code text} makes of it. */
  public void print(Object value, Supplier<String> text) {
    out.println(json ? JSON.writeValueAsString(value) : text.get());
    out.flush();
  }
}
