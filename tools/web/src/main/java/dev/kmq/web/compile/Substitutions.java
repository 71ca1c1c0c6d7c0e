package dev.kmq.web.compile;

import java.util.Set;
import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Has the compiler take the classes of this package in place of the JDK's of the same name. */
public final class Substitutions extends SimpleSubstitutionPolicy {
  private static final Set<String> NAMES =
      Set.of(
          "dev.kmq.bytes.Words",
          "dev.kmq.container.Memory",
          "java.util.concurrent.ConcurrentLinkedDeque",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.RejectedExecutionException",
          "java.util.concurrent.SynchronousQueue",
          "java.util.concurrent.ThreadFactory",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.atomic.AtomicReferenceArray",
          "java.util.zip.CRC32C");

  @Override
  public void contribute(SubstitutionSink sink) {
    for (String name : NAMES) {
      String from = name.substring(0, name.lastIndexOf('.'));
      sink.selectClasses(named(name)).replacePackage(from, "dev.kmq.web.jdk");
    }
  }
}
