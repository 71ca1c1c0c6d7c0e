package dev.kmq.spark;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.picture.KmqRows;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Compares shards with the rows of the manifest, which are in the order of shards and offsets. */
record VerifyTask(
    Broadcast<SerializableConfiguration> hadoop,
    String folder,
    boolean decode,
    long maxPixels,
    long maxWork)
    implements FlatMapFunction<Iterator<Row>, VerifyTask.Result> {
  private static final int SHOWN = 100;

  /**
   * What was found in a task.
   *
   * @param shown the first of the differences
   */
  record Result(long files, long bytes, long differences, List<String> shown)
      implements Serializable {}

  @Override
  public Iterator<Result> call(Iterator<Row> rows) throws IOException {
    List<Result> results = new ArrayList<>();
    List<Row> shard = new ArrayList<>();
    String name = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      String next = row.getAs(Manifest.SHARD);
      if (name != null && !name.equals(next)) {
        results.add(new Comparison(name).run(shard));
        shard.clear();
      }
      name = next;
      shard.add(row);
    }
    if (name != null) {
      results.add(new Comparison(name).run(shard));
    }
    return results.iterator();
  }

  private final class Comparison {
    private final String shard;
    private final List<String> shown = new ArrayList<>();
    private long files;
    private long bytes;
    private long differences;

    Comparison(String shard) {
      this.shard = shard;
    }

    private void differs(@Nullable String path, String what) {
      differences++;
      if (shown.size() < SHOWN) {
        shown.add(shard + (path == null ? "" : ": " + path) + ": " + what);
      }
    }

    Result run(List<Row> rows) throws IOException {
      Configuration configuration = hadoop.value().value();
      Path file = new Path(Store.path(folder), shard);
      try (InputStream in =
              new BufferedInputStream(file.getFileSystem(configuration).open(file), 1 << 16);
          TarArchiveInputStream tar =
              new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
        compare(tar, rows);
      } catch (FileNotFoundException e) {
        differs(null, "is missing");
      } catch (IOException | RuntimeException e) {
        Killed.check();
        differs(null, "cannot be read: " + Failure.message(e));
      }
      return new Result(files, bytes, differences, shown);
    }

    private void compare(TarArchiveInputStream tar, List<Row> rows) throws IOException {
      int next = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (next == rows.size()) {
          differs(entry.getName(), "is not in the manifest");
          continue;
        }
        compare(tar, entry, rows.get(next++));
      }
      for (; next < rows.size(); next++) {
        differs(rows.get(next).getAs(Manifest.PATH), "is missing");
      }
    }

    private void compare(TarArchiveInputStream tar, TarArchiveEntry entry, Row row)
        throws IOException {
      String path = row.getAs(Manifest.PATH);
      files++;
      bytes += entry.getSize();
      if (!entry.isCheckSumOK()) {
        differs(path, "the checksum of its header is wrong");
      }
      if (!entry.getName().equals(path)) {
        differs(path, "the shard has " + entry.getName() + " in its place");
        return;
      }
      long offset = tar.getBytesRead();
      if (offset != row.<Long>getAs(Manifest.OFFSET)) {
        differs(path, "begins at " + offset + ", not " + row.getAs(Manifest.OFFSET));
      }
      if (entry.getSize() != row.<Long>getAs(Manifest.LENGTH)) {
        differs(path, "has " + entry.getSize() + " bytes, not " + row.getAs(Manifest.LENGTH));
      }
      MessageDigest digest = EncodeTask.sha256();
      String damage = null;
      try (InputStream content = new DigestInputStream(new Shielded(tar), digest)) {
        try {
          Limits limits = Limits.defaults().withMaxPixels(maxPixels).withMaxWork(maxWork);
          DecodeOptions options = DecodeOptions.builder().limits(limits).build();
          compare(KmqReader.open(content, options), path, row);
        } catch (IOException e) {
          damage = Failure.message(e);
        }
        content.transferTo(OutputStream.nullOutputStream());
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      if (!sha256.equals(row.getAs(Manifest.SHA256))) {
        differs(path, "its SHA-256 is " + sha256 + ", not " + row.getAs(Manifest.SHA256));
      }
      if (damage != null) {
        differs(path, damage);
      }
    }

    private void compare(KmqReader reader, String path, Row row) throws IOException {
      Header header = reader.header();
      String found =
          "%dx%d, K = %d, %s"
              .formatted(header.width(), header.height(), header.colors(), header.method().label());
      String wanted =
          "%dx%d, K = %d, %s"
              .formatted(
                  row.<Integer>getAs(Manifest.WIDTH),
                  row.<Integer>getAs(Manifest.HEIGHT),
                  row.<Integer>getAs(Manifest.COLORS),
                  Objects.toString(row.getAs(Manifest.METHOD)));
      if (!found.equals(wanted)) {
        differs(path, "is " + found + ", not " + wanted);
      }
      if (decode) {
        KmqRows.check(reader);
        reader.expectEnd();
      }
    }
  }

  /** Keeps the archive open when a reader closes an entry. */
  private static final class Shielded extends FilterInputStream {
    Shielded(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The next entry follows.
    }
  }
}
