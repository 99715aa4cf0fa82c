package dev.ordinal.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

/** What a PURE package must not touch, and why. */
final class Purity {
  /** Doors to the world outside: threads, files, sockets, clocks, loggers, reflection. */
  private static final String[] WORLD = {
    "java.io..",
    "java.nio.file..",
    "java.nio.channels..",
    "java.net..",
    "java.time..",
    "java.util.concurrent..",
    "java.util.logging..",
    "java.util.stream..parallel..",
    "java.lang.reflect..",
    "java.lang.foreign..",
    "org.slf4j..",
    "io.grpc..",
    "io.netty..",
    "com.google.protobuf..",
    "org.rocksdb..",
  };

  /**
   * Classes of {@code java.lang} and {@code java.util} that bring time, chance, threads or identity
   * with them.
   */
  private static final Set<String> WORLD_CLASSES =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.Runtime",
          "java.lang.Process",
          "java.util.Date",
          "java.util.Timer",
          "java.util.UUID",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.security.SecureRandom");

  /**
   * Methods whose answer differs from run to run. The iteration order of {@code Set.of} and {@code
   * Map.of} is salted once a JVM: the trap that is hardest to see.
   */
  private static final Set<String> CHANGING_METHODS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.identityHashCode",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.util.Set.of",
          "java.util.Set.copyOf",
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Map.copyOf",
          "java.util.Collections.shuffle",
          "java.util.Collection.parallelStream",
          "java.util.stream.Collectors.toUnmodifiableSet",
          "java.util.stream.Collectors.toUnmodifiableMap");

  private Purity() {}

  static ArchRule pure(String... packages) {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(packages)
        .should(touchNothingThatChanges())
        .andShould(holdNoState())
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> touchNothingThatChanges() {
    DescribedPredicate<JavaClass> world = JavaClass.Predicates.resideInAnyPackage(WORLD);
    return new ArchCondition<>("touch no clock, thread, file, socket, logger or source of chance") {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        for (JavaAccess<?> access : owner.getAccessesFromSelf()) {
          AccessTarget target = access.getTarget();
          JavaClass targetOwner = target.getOwner();
          String method = targetOwner.getName() + "." + target.getName();
          if (world.test(targetOwner)
              || WORLD_CLASSES.contains(targetOwner.getName())
              || CHANGING_METHODS.contains(method)) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> holdNoState() {
    return new ArchCondition<>("have no static field that can be set") {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        for (JavaField field : owner.getFields()) {
          boolean settable =
              field.getModifiers().contains(JavaModifier.STATIC)
                  && !field.getModifiers().contains(JavaModifier.FINAL)
                  && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
          if (settable) {
            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can be set"));
          }
        }
      }
    };
  }
}
