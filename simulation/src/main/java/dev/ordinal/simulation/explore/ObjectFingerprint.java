package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.simulation.trace.Fingerprint;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an object holds, private fields included, as one number: two objects with equal
 * numbers will do the same. It reads by reflection, so that no field which is added later can be
 * forgotten; what it does not know how to read is an error.
 */
final class ObjectFingerprint {
  /** The same in all replicas of a run, and never changed by them. */
  private static final List<Class<?>> CONSTANT = List.of(Settings.class, RandomGenerator.class);

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          return fieldsOf(type);
        }
      };

  private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();

  private ObjectFingerprint() {}

  /** The number of {@code root} and all that can be reached from it. */
  static long of(Object root) {
    return new ObjectFingerprint().value(root);
  }

  private static Field[] fieldsOf(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        boolean constant = CONSTANT.stream().anyMatch(known -> known == field.getType());
        if (!Modifier.isStatic(field.getModifiers()) && !constant) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields.toArray(Field[]::new);
  }

  private long value(@Nullable Object object) {
    return switch (object) {
      case null -> 1;
      case Long number -> Fingerprint.mix(2, number);
      case Integer number -> Fingerprint.mix(2, number);
      case Boolean flag -> flag ? 3 : 4;
      case String text -> Fingerprint.mix(5, text.hashCode());
      case Enum<?> constant -> Fingerprint.mix(6, constant.name().hashCode());
      case EntryHash hash -> Fingerprint.mix(7, hash.hashCode());
      case Payload payload -> Fingerprint.mix(8, Arrays.hashCode(payload.bytes()));
      default -> structure(object);
    };
  }

  private long structure(Object object) {
    return switch (object) {
      case Map<?, ?> map -> map(map);
      case Collection<?> elements -> collection(elements);
      case Record row -> fields(row);
      default -> object.getClass().isArray() ? array(object) : part(object);
    };
  }

  /** What was met before counts by when it was first met, so that shared parts and rings end. */
  private long part(Object object) {
    Integer before = seen.putIfAbsent(object, seen.size());
    return before == null ? fields(object) : Fingerprint.mix(9, before);
  }

  private long array(Object array) {
    int length = Array.getLength(array);
    long mixed = length;
    for (int i = 0; i < length; i++) {
      mixed = Fingerprint.mix(mixed, value(Array.get(array, i)));
    }
    return mixed;
  }

  private long map(Map<?, ?> map) {
    if (!(map instanceof SortedMap || map instanceof LinkedHashMap) && map.size() > 1) {
      throw new IllegalStateException("a map without an order: " + map.getClass());
    }
    long mixed = 10;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      mixed = Fingerprint.mix(mixed, value(entry.getKey()), value(entry.getValue()));
    }
    return mixed;
  }

  private long collection(Collection<?> elements) {
    boolean ordered =
        elements instanceof List
            || elements instanceof Deque
            || elements instanceof SortedSet
            || elements instanceof SequencedCollection;
    if (!ordered && elements.size() > 1) {
      throw new IllegalStateException("a collection without an order: " + elements.getClass());
    }
    long mixed = 11;
    for (Object element : elements) {
      mixed = Fingerprint.mix(mixed, value(element));
    }
    return mixed;
  }

  private long fields(Object object) {
    if (!object.getClass().getName().startsWith("dev.ordinal.")) {
      throw new IllegalStateException("no way to read a " + object.getClass());
    }
    long mixed = object.getClass().getName().hashCode();
    for (Field field : FIELDS.get(object.getClass())) {
      mixed = Fingerprint.mix(mixed, read(field, object));
    }
    return mixed;
  }

  private long read(Field field, Object object) {
    try {
      Class<?> type = field.getType();
      if (type == long.class || type == int.class) {
        return field.getLong(object);
      }
      if (type == boolean.class) {
        return field.getBoolean(object) ? 3 : 4;
      }
      return value(field.get(object));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("made accessible above: " + field, e);
    }
  }
}
