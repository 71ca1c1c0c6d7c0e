package dev.kmq.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: that of {@code spark-submit}, or a local one. */
final class Session {
  private static final String MASTER = "spark.master";
  private static final String LOG_LEVEL = "spark.log.level";
  private static final String RESULTS = "spark.driver.maxResultSize";

  private Session() {}

  static SparkSession open(String command) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName("kmq " + command);
    if (!conf.contains(MASTER)) {
      builder.master("local[*]");
    }
    if (!conf.contains(RESULTS)) {
      builder.config(RESULTS, "0"); // the memory of the driver is the limit
    }
    SparkSession spark = builder.getOrCreate();
    if (!conf.contains(LOG_LEVEL)) {
      spark.sparkContext().setLogLevel("ERROR");
    }
    return spark;
  }
}
