package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs and outputs in a store of another kind than files. */
class StoreTest {
  private static final String STORE = "spark.hadoop.fs.store.impl";
  private static final String CONTEXT = "spark.hadoop.fs.AbstractFileSystem.store.impl";

  @TempDir Path folder;

  @BeforeEach
  void define() {
    System.setProperty(STORE, TestStore.class.getName());
    System.setProperty(CONTEXT, TestStore.Context.class.getName());
  }

  @AfterEach
  void undefine() {
    System.clearProperty(STORE);
    System.clearProperty(CONTEXT);
  }

  private String url(String name) {
    return "store://" + folder.resolve(name);
  }

  @Test
  void picturesOfAStoreAreEncodedIntoIt() throws Exception {
    Path in = Collection.write(folder.resolve("in"));
    Path tar = folder.resolve("in2.tar");
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(Files.newOutputStream(tar), "UTF-8")) {
      byte[] png = Collection.png(77, 60, 60);
      TarArchiveEntry entry = new TarArchiveEntry("in/tar.png");
      entry.setSize(png.length);
      out.putArchiveEntry(entry);
      out.write(png);
      out.closeArchiveEntry();
    }
    Programs.command(
        "encode",
        "-q",
        "-r",
        in.toString(),
        tar.toString(),
        "--out-dir",
        folder.resolve("command").toString());
    Map<String, byte[]> expected = Programs.files(folder.resolve("command"));
    assertEquals(23, expected.size());
    Programs.Run run =
        Programs.done(
            2, "encode", url("in"), url("in?.tar"), "-o", url("out"), "--shard-bytes", "20000");
    assertTrue(run.err().contains("25 images: 23 encoded"), run.err());
    Programs.assertSame(expected, Programs.entries(folder.resolve("out")));
    assertTrue(
        Programs.files(folder.resolve("out")).keySet().stream()
            .noneMatch(name -> name.startsWith(".")));
    Programs.done(1, "verify", url("out"), "--decode");
    Programs.Run refused = Programs.local(1, "encode", url("in"), "-o", url("out"));
    assertEquals(1, refused.code());
    Programs.Run nowhere = Programs.local(1, "encode", url("in"), url("no"), "-o", url("new"));
    assertEquals(1, nowhere.code());
    assertTrue(nowhere.err().contains(url("no") + ": no such file or folder"), nowhere.err());
    Programs.done(1, "encode", url("in"), "-o", url("out"), "--force", "--include", "icon*");
    assertEquals(12, Programs.entries(folder.resolve("out")).size());
  }
}
