package dev.kmq.imageio;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** The classes of {@code docs/java.md}, compiled as they are printed there. */
final class Recipes implements AutoCloseable {
  private final MarkdownPage page = MarkdownPage.of("docs/java.md");
  private final Path classes;
  private final URLClassLoader loader;

  /** Compiles the classes of sections; of all, if none is named. */
  Recipes(Path folder, String... headings) throws Exception {
    classes = folder.resolve("recipes");
    PagePrograms.compileTypes(page, List.of(headings), classes);
    URL[] urls = {classes.toUri().toURL()};
    loader = new URLClassLoader(urls, Recipes.class.getClassLoader());
  }

  MarkdownPage page() {
    return page;
  }

  Path classes() {
    return classes;
  }

  ClassLoader loader() {
    return loader;
  }

  Class<?> type(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  /** Calls a static method of a recipe. */
  Object call(String type, String name, Object... arguments) throws Exception {
    for (Method method : type(type).getMethods()) {
      if (method.getName().equals(name)) {
        try {
          return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
    }
    throw new NoSuchMethodException(type + "." + name);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
