package dev.kmq.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The npm package of the JavaScript decoder is packed, installed into an empty folder and used from
 * there by Node, TypeScript and Chromium. Needs {@code node} and {@code npm}, whose tools are
 * fetched on the first run, and {@code chromium}; all are required if the environment variable
 * {@code CI} is set.
 */
@Tag("any-jdk")
class JavaScriptPackageTest {
  @Test
  void packedAndInstalled() throws IOException, InterruptedException {
    Program.run("npm", "--version");
    String output = Program.run("node", "js/test/package.mjs");
    assumeFalse(output.startsWith("npm cannot fetch"), output);
    assertTrue(output.contains("fail 0"), output);
    assumeFalse(output.contains("# SKIP"), "chromium is not on the path");
  }
}
