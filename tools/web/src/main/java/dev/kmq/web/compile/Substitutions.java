package dev.kmq.web.compile;

import java.util.List;
import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/**
 * Has the compiler take other classes in place of some of the codec's, and of those of the JDK that
 * its own library lacks.
 */
public final class Substitutions extends SimpleSubstitutionPolicy {
  private static final String JDK = "dev.kmq.web.jdk";
  private static final String PLAIN = "dev.kmq.bytes.plain";
  private static final String INFLATE = "dev.kmq.web.inflate";

  @Override
  public void contribute(SubstitutionSink sink) {
    substitute(
        sink,
        JDK,
        List.of(
            "dev.kmq.container.RasterMemory",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.RejectedExecutionException",
            "java.util.concurrent.SynchronousQueue",
            "java.util.concurrent.ThreadFactory",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.atomic.AtomicReferenceArray",
            "java.util.zip.Adler32"));
    substitute(sink, PLAIN, List.of("dev.kmq.bytes.Crc32c", "dev.kmq.bytes.Words"));
    substitute(sink, INFLATE, List.of("dev.kmq.index.deflate.RawInflater", "dev.kmq.png.Zlib"));
  }

  /** The names of both classes are the same but for the package. */
  private static void substitute(SubstitutionSink sink, String target, List<String> names) {
    for (String name : names) {
      String source = name.substring(0, name.lastIndexOf('.'));
      sink.selectClasses(named(name)).replacePackage(source, target);
    }
  }
}
