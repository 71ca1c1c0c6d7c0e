package dev.kmq.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source of data "image" is a part of Spark's MLlib. */
class ImageSourceTest {
  @Test
  @Tag("newest")
  void sourceImageReadsKmq(@TempDir Path folder) throws Exception {
    Path png = Files.write(folder.resolve("picture.png"), Collection.png(5, 40, 30));
    Path in = Files.createDirectories(folder.resolve("in"));
    Programs.command("encode", png.toString(), "-k", "7", "-o", in.resolve("a.kmq").toString());
    Programs.command(
        "decode", in.resolve("a.kmq").toString(), "-o", folder.resolve("a.png").toString());
    Path decoded = Files.createDirectories(folder.resolve("decoded"));
    Files.move(folder.resolve("a.png"), decoded.resolve("a.png"));
    SparkSession spark = SparkSession.builder().master("local[1]").appName("image").getOrCreate();
    try {
      Row kmq = image(spark, in);
      assertEquals(40, kmq.<Integer>getAs("width"));
      assertEquals(30, kmq.<Integer>getAs("height"));
      assertEquals(3, kmq.<Integer>getAs("nChannels"));
      Row same = image(spark, decoded);
      assertEquals(
          HexFormat.of().formatHex(same.<byte[]>getAs("data")),
          HexFormat.of().formatHex(kmq.<byte[]>getAs("data")));
    } finally {
      spark.stop();
    }
  }

  private static Row image(SparkSession spark, Path folder) {
    return spark.read().format("image").load(folder.toString()).select("image.*").first();
  }
}
