package dev.kmq.spark;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A store with URLs of its own, {@code store:///}, where the first read of every file fails. */
public final class TestStore extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("store:///");
  private static final Set<Path> READ = ConcurrentHashMap.newKeySet();

  /** A store, for Hadoop. */
  public TestStore() {}

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public File pathToFile(Path path) {
    return new File(path.toUri().getPath());
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    if (READ.add(path) && path.getName().endsWith("g")) {
      throw new IOException("the connection was reset");
    }
    return super.open(path, buffer);
  }

  /** The same for the newer interface of Hadoop, which renames. */
  public static final class Context extends DelegateToFileSystem {
    /** A store, for Hadoop. */
    public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new TestStore(), configuration, ROOT.getScheme(), false);
    }
  }
}
