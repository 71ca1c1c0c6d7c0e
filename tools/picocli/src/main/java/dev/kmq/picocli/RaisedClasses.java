package dev.kmq.picocli;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

/**
 * Writes picocli's classes in the class version of Java 8, with the frames for the verifier that
 * version needs. The code is the same.
 */
public final class RaisedClasses {
  private RaisedClasses() {}

  /**
   * Writes the classes.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (JarFile jar = library()) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith("picocli/") && entry.getName().endsWith(".class")) {
          Path file = folder.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.write(file, raised(in.readAllBytes()));
          }
        }
      }
    }
  }

  /** The library, not the classes of an earlier build. */
  private static JarFile library() throws IOException {
    ClassLoader loader = CommandLine.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources("picocli/CommandLine.class"))) {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return jar.getJarFile();
      }
    }
    throw new IOException("no picocli in a jar on the class path");
  }

  private static byte[] raised(byte[] code) {
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return CommandLine.class.getClassLoader();
          }
        };
    ClassVisitor raising =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              String signature,
              String superName,
              String[] interfaces) {
            super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
          }
        };
    new ClassReader(code).accept(raising, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
