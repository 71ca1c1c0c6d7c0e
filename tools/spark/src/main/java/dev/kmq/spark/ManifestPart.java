package dev.kmq.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.spark.sql.Row;

/**
 * The rows of a task, packed, as the driver keeps those of all tasks: some 150 bytes a row. What
 * the driver has is not lost with an executor, which would otherwise have to encode its shards
 * again.
 *
 * @param packed the rows
 * @param failed number of images without output
 * @param shards the shards as this attempt wrote them
 */
@SuppressWarnings("ArrayRecordComponent") // only sent, never compared
record ManifestPart(byte[] packed, int failed, List<WrittenShard> shards) implements Serializable {
  /** A shard, and its length in bytes. */
  record WrittenShard(String name, long length) implements Serializable {}

  /** Copies the list. */
  ManifestPart {
    shards = List.copyOf(shards);
  }

  static ManifestPart of(List<Row> rows, List<WrittenShard> shards) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeObject(rows.toArray(Row[]::new));
    }
    int error = Manifest.SCHEMA.fieldIndex(Manifest.ERROR);
    int failed = (int) rows.stream().filter(row -> !row.isNullAt(error)).count();
    return new ManifestPart(bytes.toByteArray(), failed, shards);
  }

  List<Row> rows() throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
      return List.of((Row[]) in.readObject());
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
