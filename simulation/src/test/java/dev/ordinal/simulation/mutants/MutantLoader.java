package dev.ordinal.simulation.mutants;

import dev.ordinal.consensus.core.Replica;
import dev.ordinal.simulation.world.World;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Consensus and simulator with one mutant in them: compiles the changed files into memory, and
 * loads all classes of both anew, the changed ones from there.
 */
final class MutantLoader extends ClassLoader {
  private static final List<String> RELOADED =
      List.of("dev.ordinal.consensus.", "dev.ordinal.simulation.");

  private final Map<String, ByteArrayOutputStream> compiled = new TreeMap<>();

  private MutantLoader() {
    super(MutantLoader.class.getClassLoader());
  }

  /** A {@code check} of its own, by a number, with {@code mutant} planted in what it uses. */
  @SuppressWarnings("unchecked")
  static LongFunction<String> plant(
      Mutant mutant, Class<? extends LongFunction<String>> checkType) {
    MutantLoader loader = new MutantLoader();
    loader.compile(sources(mutant));
    try {
      Class<?> check = loader.loadClass(checkType.getName());
      return (LongFunction<String>) check.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the mutant does not load: " + mutant.name(), e);
    }
  }

  private static Map<String, String> sources(Mutant mutant) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String source = sources.computeIfAbsent(edit.file(), MutantLoader::read);
      int first = source.indexOf(edit.find());
      if (first < 0 || source.indexOf(edit.find(), first + 1) >= 0) {
        throw new IllegalStateException(
            "mutant \"%s\": its place must occur exactly once in %s: %s"
                .formatted(mutant.name(), edit.file(), edit.find()));
      }
      sources.put(edit.file(), source.replace(edit.find(), edit.replace()));
    }
    return sources;
  }

  private static String read(String file) {
    String module = file.substring(0, file.indexOf('/'));
    try {
      return Files.readString(Path.of("..", module, "src/main/java/dev/ordinal", file));
    } catch (IOException e) {
      throw new UncheckedIOException("tests run in the folder of their module", e);
    }
  }

  private void compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((file, source) -> units.add(new Source(file, source)));
    List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath());
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        Output output = new Output(standard)) {
      if (!compiler.getTask(messages, output, null, options, null, units).call()) {
        throw new IllegalStateException("the mutant does not compile:\n" + messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return Stream.of(Replica.class, World.class, NullMarked.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> new File(location.getPath()).getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (RELOADED.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.containsKey(name) ? compiledBytes(name) : unchangedBytes(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] compiledBytes(String name) {
    ByteArrayOutputStream bytes = compiled.get(name);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  private byte[] unchangedBytes(String name) throws ClassNotFoundException {
    try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String content;

    Source(String file, String content) {
      super(URI.create("string:///dev/ordinal/" + file), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }

  private final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    Output(JavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return compiled.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
