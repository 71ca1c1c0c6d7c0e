package dev.kmq.spark;

import dev.kmq.file.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes the shards of a task and returns their rows of the manifest. An image that fails is a
 * row; a shard that cannot be written fails the task, which Spark then repeats.
 */
record EncodeTask(
    Broadcast<SerializableConfiguration> hadoop, Encoding encoding, Filter filter, String folder)
    implements FlatMapFunction<Iterator<Share>, ManifestPart> {
  /** Longer outputs go through a temporary file. */
  private static final int IN_MEMORY = 16 << 20;

  @Override
  public Iterator<ManifestPart> call(Iterator<Share> shares) throws IOException {
    Plugins.load();
    Configuration configuration = hadoop.value().value();
    List<Row> rows = new ArrayList<>();
    List<ManifestPart.WrittenShard> shards = new ArrayList<>();
    try (OpenSources open = new OpenSources(configuration, filter)) {
      while (shares.hasNext()) {
        Share share = shares.next();
        for (Shard shard : share.shards()) {
          long length = write(shard, open, configuration, rows);
          shards.add(new ManifestPart.WrittenShard(shard.name(), length));
        }
        for (FailedSource one : share.failed()) {
          rows.add(Manifest.failed(one.name(), null, one.error()));
        }
      }
    }
    return List.of(ManifestPart.of(rows, shards)).iterator();
  }

  private long write(Shard shard, OpenSources open, Configuration configuration, List<Row> rows)
      throws IOException {
    return ShardWriter.write(
        folder,
        shard.name(),
        TaskContext.get().taskAttemptId(),
        configuration,
        writer -> {
          for (Source source : shard.sources()) {
            rows.add(encode(source, shard, open, writer));
          }
        });
  }

  private Row encode(Source source, Shard shard, OpenSources open, ShardWriter writer)
      throws IOException {
    Output output;
    try {
      output = Memory.use(() -> encode(source, open));
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      Killed.check();
      return Manifest.failed(source.name(), source.path(), Failure.message(e));
    }
    Killed.check();
    try {
      long offset = writer.add(source.path(), output.content);
      return Manifest.done(
          source,
          shard.name(),
          offset,
          output.content.getByteCount(),
          output.sha256,
          output.result);
    } finally {
      output.discard();
    }
  }

  private record Output(DeferredFileOutputStream content, String sha256, Encoding.Result result) {
    void discard() throws IOException {
      if (!content.isInMemory()) {
        Files.deleteIfExists(content.getFile().toPath());
      }
    }
  }

  private Output encode(Source source, OpenSources open) throws IOException {
    DeferredFileOutputStream content =
        DeferredFileOutputStream.builder()
            .setThreshold(IN_MEMORY)
            .setPrefix("kmq-spark")
            .setSuffix(".kmq")
            .get();
    boolean whole = false;
    try (Input input = open.open(source)) {
      MessageDigest digest = sha256();
      Encoding.Result result;
      try (OutputStream out = new DigestOutputStream(content, digest)) {
        result = encoding.encode(input, source.palette(), out);
      }
      whole = true;
      return new Output(content, HexFormat.of().formatHex(digest.digest()), result);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      if (!whole && !content.isInMemory()) {
        content.close();
        Files.deleteIfExists(content.getFile().toPath());
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
