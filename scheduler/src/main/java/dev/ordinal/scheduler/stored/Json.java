package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The encoding of the records that schedulers keep in the store: readable, fields by name. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static Value encode(Object content) {
    return Value.of(MAPPER.writeValueAsBytes(content));
  }

  /**
   * The record that {@code value} holds.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static <T> T decode(Value value, Class<T> type) {
    try {
      return MAPPER.readValue(value.toBytes(), type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "not a %s: %s (%s)".formatted(type.getSimpleName(), value, e.getOriginalMessage()), e);
    }
  }
}
