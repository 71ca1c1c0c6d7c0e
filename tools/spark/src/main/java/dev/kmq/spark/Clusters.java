package dev.kmq.spark;

import dev.kmq.colors.PaletteFile;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Palettes of clusters of images, and which image has which: a folder with a {@code .kmq} file for
 * each palette, and a table.
 */
record Clusters(String folder, List<Encoding.GivenPalette> palettes, Map<String, Integer> numbers) {
  /** The folder of the table below that of the palettes. */
  static final String TABLE = "pictures";

  static final String INPUT = Manifest.INPUT;
  static final String PALETTE = "palette";
  static final String ERROR = Manifest.ERROR;

  static final StructType SCHEMA =
      new StructType()
          .add(INPUT, DataTypes.StringType, false)
          .add(PALETTE, DataTypes.IntegerType)
          .add(ERROR, DataTypes.StringType);

  private static final Pattern NAME = Pattern.compile("palette-\\d{5,}\\.kmq");

  static String fileName(int palette) {
    return String.format(Locale.ROOT, "palette-%05d.kmq", palette);
  }

  /** Deletes palettes and table of an earlier run, and nothing else. */
  static void delete(FileSystem store, Path folder) throws IOException {
    if (!store.exists(folder)) {
      return;
    }
    Destination.deleteTable(store, new Path(folder, TABLE));
    for (FileStatus one : store.listStatus(folder)) {
      if (NAME.matcher(one.getPath().getName()).matches()) {
        store.delete(one.getPath(), false);
      }
    }
  }

  /** Reads what {@code palette --palettes} has written. */
  static Clusters read(SparkSession spark, String name) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path folder = Store.path(Destination.of(name, hadoop).uri());
    FileSystem store = folder.getFileSystem(hadoop);
    Path table = new Path(folder, TABLE);
    if (!store.exists(table)) {
      throw new FailedInput(folder + " has no palettes; 'palette --palettes N' writes them");
    }
    Map<String, Integer> numbers = new HashMap<>();
    int most = -1;
    for (Row row :
        spark
            .read()
            .schema(SCHEMA)
            .parquet(table.toString())
            .filter(PALETTE + " is not null")
            .collectAsList()) {
      numbers.put(row.getString(0), row.getInt(1));
      most = Math.max(most, row.getInt(1));
    }
    List<Encoding.GivenPalette> palettes = new ArrayList<>();
    for (int i = 0; i <= most; i++) {
      String uri = new Path(folder, fileName(i)).toUri().toString();
      try (Store.LocalCopy copy = Store.LocalCopy.of(uri, hadoop);
          Input input = Inputs.one(copy.path().toString(), InputStream.nullInputStream())) {
        palettes.add(
            Encoding.GivenPalette.of(
                PaletteFile.read(input, Limits.defaults(), new ArrayList<>())));
      }
    }
    return new Clusters(folder.toString(), palettes, numbers);
  }

  /** The images with the numbers of their palettes; those without fail. */
  Listing.Found assign(Listing.Found found) {
    List<Source> sources = new ArrayList<>();
    List<FailedSource> failed = new ArrayList<>(found.failed());
    for (Source source : found.sources()) {
      Integer number = numbers.get(source.name());
      if (number == null) {
        failed.add(
            new FailedSource(
                source.name(),
                "has no palette in " + folder + "; it was not among the inputs, or failed"));
      } else {
        sources.add(source.withPalette(number));
      }
    }
    return new Listing.Found(sources, failed);
  }
}
