package dev.kmq.imageio;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Loads the codec and the plugin once more, and notes what is asked for by name. */
final class RecordingLoader extends URLClassLoader {
  private final Set<String> types = new TreeSet<>();
  private final Set<String> resources = new TreeSet<>();

  RecordingLoader(URL[] places, ClassLoader parent) {
    super(places, parent);
  }

  /** The classes of {@code Class.forName}. */
  Set<String> types() {
    return types;
  }

  /** The resources that there are. */
  Set<String> resources() {
    return resources;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.kmq.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = name.equals(RecordedProgram.class.getName()) ? program(name) : findClass(name);
      }
      if (isByName()) {
        types.add(name);
      }
      return loaded;
    }
  }

  /** The JVM asks the loader itself for the classes that code refers to. */
  private static boolean isByName() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .limit(5)
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals("java.lang.Class")
                                && frame.getMethodName().startsWith("forName")));
  }

  private Class<?> program(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public @Nullable URL findResource(String name) {
    URL found = super.findResource(name);
    if (found != null) {
      resources.add(name);
    }
    return found;
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    Enumeration<URL> found = super.findResources(name);
    if (found.hasMoreElements()) {
      resources.add(name);
    }
    return found;
  }
}
