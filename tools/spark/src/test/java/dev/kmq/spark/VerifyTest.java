package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir Path folder;

  /** Changes a shard. */
  private interface Change {
    byte[] of(byte[] shard);
  }

  private void assertFound(Path out, Change change, String message) throws IOException {
    Path shard = out.resolve("kmq-00001.tar");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, change.of(whole.clone()));
    Programs.Run run = Programs.local(1, "verify", out.toString());
    Files.write(shard, whole);
    assertEquals(1, run.code(), message);
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void differencesAreFound() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < 6; i++) {
      Files.write(in.resolve(i + ".png"), Collection.png(i, 30, 30));
    }
    Path out = folder.resolve("out");
    String bytes = "" + 2 * Files.size(in.resolve("0.png")) * 3 / 2;
    Programs.done(1, "encode", in.toString(), "-o", out.toString(), "--shard-bytes", bytes);
    assertTrue(Programs.shards(out).size() > 2);
    Programs.Run good = Programs.done(1, "verify", out.toString(), "--decode");
    assertTrue(good.err().contains("6 files"), good.err());
    assertTrue(good.err().contains("as in the manifest"), good.err());
    Programs.Run limited = Programs.local(1, "verify", out.toString(), "--max-pixels", "899");
    assertEquals(1, limited.code());
    assertTrue(limited.err().contains("; --max-pixels raises the limit"), limited.err());
    assertFound(
        out,
        shard -> {
          shard[700] ^= 1;
          return shard;
        },
        "its SHA-256 is");
    assertFound(
        out,
        shard -> {
          shard[0] ^= 1;
          return shard;
        },
        "the checksum of its header is wrong");
    assertFound(out, shard -> Arrays.copyOf(shard, 600), "kmq-00001.tar");
    Path shard = out.resolve("kmq-00001.tar");
    Files.copy(shard, out.resolve("kmq-00009.tar"));
    Programs.Run run = Programs.local(1, "verify", out.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("kmq-00009.tar: no image of the manifest"), run.err());
    Files.delete(out.resolve("kmq-00009.tar"));
    Files.delete(shard);
    run = Programs.local(1, "verify", out.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("kmq-00001.tar: is missing"), run.err());
    for (Path part : Programs.parts(out.resolve("manifest"))) {
      Files.write(part, new byte[100]);
    }
    run = Programs.local(1, "verify", out.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains(".parquet cannot be read"), run.err());
    run = Programs.local(1, "verify", in.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("is missing; encode writes it"), run.err());
  }

  @Test
  void aShardWhosePicturesAllFailIsEmpty() throws Exception {
    Path in = Files.createDirectories(folder.resolve("\u00e4 in"));
    Files.write(in.resolve("large.png"), new byte[100_000]);
    Files.write(in.resolve("small.png"), Collection.png(1, 30, 30));
    Path out = folder.resolve("o\u0308 %20 out");
    String pattern = folder.resolve("* in").toString();
    Programs.done(1, "encode", pattern, "-o", out.toString(), "--large", "50000");
    assertEquals(2, Programs.shards(out).size());
    Programs.Run run = Programs.done(1, "verify", out.toString());
    assertTrue(run.err().contains("1 image without a file"), run.err());
  }

  @Test
  void aShardOfAnotherAttemptIsRefusedBeforeTheManifestIsWritten() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.write(in.resolve("a.png"), Collection.png(1, 30, 30));
    Path out = folder.resolve("out");
    Programs.done(1, "encode", in.toString(), "-o", out.toString());
    long length = Files.size(out.resolve("kmq-00000.tar"));
    Destination destination = Destination.of(out.toString(), new Configuration());
    destination.requireWritten(List.of(new ManifestPart.WrittenShard("kmq-00000.tar", length)));
    assertRefused(destination, "kmq-00000.tar", length + 512, " bytes, not " + (length + 512));
    assertRefused(destination, "kmq-00001.tar", length, " is missing; ");
  }

  private static void assertRefused(
      Destination destination, String name, long length, String message) {
    List<ManifestPart.WrittenShard> shards = List.of(new ManifestPart.WrittenShard(name, length));
    FailedInput refusal = assertThrows(FailedInput.class, () -> destination.requireWritten(shards));
    String text = String.valueOf(refusal.getMessage());
    assertTrue(text.startsWith("shard " + name) && text.contains(message), text);
  }

  @Test
  void aRunWithoutAnyOutputIsAFailure() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("a.png"), "no image");
    Files.writeString(in.resolve("b.png"), "no image");
    Path out = folder.resolve("out");
    Programs.Run run = Programs.local(1, "encode", in.toString(), "-o", out.toString());
    assertEquals(1, run.code());
    assertTrue(run.err().contains("2 images: 0 encoded into 1 shard, 2 failed"), run.err());
    Programs.done(1, "verify", out.toString());
  }
}
