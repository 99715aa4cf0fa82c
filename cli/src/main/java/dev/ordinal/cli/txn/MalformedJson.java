package dev.ordinal.cli.txn;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON file, in the words of the file: where, what, what is allowed. */
final class MalformedJson {
  private MalformedJson() {}

  static String explain(JacksonException malformed) {
    return what(malformed) + place(malformed.getLocation());
  }

  private static String what(JacksonException malformed) {
    String path = path(malformed.getPath());
    return switch (malformed) {
      case UnrecognizedPropertyException unknown ->
          "there is no field %s; here may stand %s".formatted(path, known(unknown));
      case MismatchedInputException _ when path.isEmpty() ->
          "the file must hold one JSON object, and nothing after it";
      case MismatchedInputException mismatch ->
          "%s must be %s".formatted(path, wanted(mismatch.getTargetType()));
      case ValueInstantiationException refused when refused.getCause() != null ->
          "%s: %s".formatted(path, refused.getCause().getMessage());
      default -> malformed.getOriginalMessage();
    };
  }

  /** {@code groups[0].operations[1].add}. */
  private static String path(List<JacksonException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> known = unknown.getKnownPropertyIds();
    return known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list: [...]";
    }
    return Map.class.isAssignableFrom(type) ? "an object of texts: {...}" : "an object: {...}";
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }
}
