package dev.kmq.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The table of all images: where each output is, or why there is none. */
final class Manifest {
  /** The folder of the table below that of the shards. */
  static final String FOLDER = "manifest";

  static final String INPUT = "input";
  static final String PATH = "path";
  static final String SHARD = "shard";
  static final String OFFSET = "offset";
  static final String LENGTH = "length";
  static final String SHA256 = "sha256";
  static final String WIDTH = "width";
  static final String HEIGHT = "height";
  static final String COLORS = "k";
  static final String METHOD = "method";
  static final String MSE = "mse";
  static final String ERROR = "error";
  static final String WARNINGS = "warnings";

  static final StructType SCHEMA =
      new StructType()
          .add(INPUT, DataTypes.StringType, false)
          .add(PATH, DataTypes.StringType)
          .add(SHARD, DataTypes.StringType)
          .add(OFFSET, DataTypes.LongType)
          .add(LENGTH, DataTypes.LongType)
          .add(SHA256, DataTypes.StringType)
          .add(WIDTH, DataTypes.IntegerType)
          .add(HEIGHT, DataTypes.IntegerType)
          .add(COLORS, DataTypes.IntegerType)
          .add(METHOD, DataTypes.StringType)
          .add(MSE, DataTypes.DoubleType)
          .add(ERROR, DataTypes.StringType)
          .add(WARNINGS, new ArrayType(DataTypes.StringType, false), false);

  private Manifest() {}

  /** The row of an output. */
  static Row done(
      Source source,
      String shard,
      long offset,
      long length,
      String sha256,
      Encoding.Result result) {
    return RowFactory.create(
        source.name(),
        source.path(),
        shard,
        offset,
        length,
        sha256,
        result.header().width(),
        result.header().height(),
        result.header().colors(),
        result.header().method().label(),
        result.mse(),
        null,
        result.warnings().toArray(String[]::new));
  }

  /** The row of an image without output. */
  static Row failed(String input, @Nullable String path, String error) {
    return RowFactory.create(
        input,
        path,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        error,
        List.of().toArray(String[]::new));
  }
}
