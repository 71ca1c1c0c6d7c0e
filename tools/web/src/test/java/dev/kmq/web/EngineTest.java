package dev.kmq.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.KmqFormatException;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Ssimulacra2;
import dev.kmq.picture.IndexedPicture;
import dev.kmq.picture.Picture;
import dev.kmq.picture.TestPng;
import dev.kmq.web.png.IccProfile;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compiled codec, called by the page's modules in Node, gives the command's bytes and figures,
 * and reads and refuses the vectors of the specification as the JVM does.
 */
class EngineTest {
  private static final Path VECTORS = Path.of("../../spec/vectors");
  private static final Dither[] DITHERS = {
    Dither.NONE, Dither.SPATIAL, Dither.FLOYD_STEINBERG, Dither.BLUE_NOISE, Dither.BAYER
  };

  private static final int DAMAGED = 2000;

  @TempDir static Path folder;

  private static int cases;
  private static int files;

  /** Writes images, and what the JVM makes of them and of the vectors. */
  @BeforeAll
  static void expect() throws Exception {
    Json json = new Json().open('{').name("cases").open('[');
    for (boolean alpha : new boolean[] {false, true}) {
      String name = alpha ? "alpha.png" : "opaque.png";
      byte[] png = TestImages.png(56, 40, alpha);
      Files.write(folder.resolve(name), png);
      for (int colors : new int[] {16, 64, 256}) {
        for (Dither dither : DITHERS) {
          expectCase(json, name, png, colors, dither);
        }
      }
    }
    json.close(']').name("files").open('[');
    try (Stream<Path> found = Files.walk(VECTORS)) {
      for (Path file : found.filter(f -> f.toString().endsWith(".kmq")).sorted().toList()) {
        expectFile(json, file);
      }
    }
    expectProfiles(json);
    json.close(']').close('}');
    Files.writeString(folder.resolve("expected.json"), json.toString());
    expectDamaged();
  }

  /**
   * Damaged vectors, the same ones in each run. The compiled code checks no index of an array: an
   * error is a trap in WebAssembly, and in JavaScript a value from nowhere.
   */
  private static void expectDamaged() throws Exception {
    Path file = folder.resolve("mutated.bin");
    List<String> mutate =
        List.of(
            "node",
            "src/test/node/mutate.mjs",
            VECTORS.resolve("valid").toString(),
            file.toString(),
            "" + DAMAGED,
            "1");
    Nodes.run(mutate, "node did not run");
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    StringBuilder lines = new StringBuilder();
    int opened = 0;
    while (all.hasRemaining()) {
      byte[] bytes = new byte[all.getInt()];
      all.get(bytes);
      String verdict = verdict(bytes);
      opened += verdict.startsWith("R") ? 0 : 1;
      lines.append(verdict).append('\n');
    }
    assertTrue(opened > DAMAGED / 20 && opened < DAMAGED, opened + " opened");
    Files.writeString(folder.resolve("mutated.txt"), lines);
  }

  private static String verdict(byte[] file) throws IOException {
    try {
      OpenImage image = new Session().openFile(file);
      PixelSource pixels = image.pixels();
      String content = image.profile() == null ? sha256(rgba(image)) : "profile";
      return pixels.width() + "x" + pixels.height() + " " + content;
    } catch (KmqFormatException e) {
      return reason(e);
    } catch (EngineException e) {
      return e.kind().label();
    }
  }

  private static String reason(KmqFormatException e) {
    return "R" + e.reason().number() + " " + e.reason();
  }

  private static byte[] rgba(OpenImage image) {
    int[] argb = image.toArgb();
    byte[] rgba = new byte[4 * argb.length];
    for (int i = 0; i < argb.length; i++) {
      for (int c = 0; c < 4; c++) {
        rgba[4 * i + c] = (byte) (argb[i] >>> (c == 3 ? 24 : 16 - 8 * c));
      }
    }
    return rgba;
  }

  private static void expectCase(Json json, String name, byte[] png, int colors, Dither dither)
      throws IOException {
    Picture picture = Command.read(png);
    IndexedPicture indexed = Command.quantize(picture, colors, dither);
    json.open('{').member("file", name).member("colors", colors).member("dither", dither.label());
    json.member("mse", indexed.error().mse());
    json.member("maxError", indexed.error().maxError());
    json.member("ssimulacra2", Ssimulacra2.of(picture.pixels(), indexed.image().pixels(), 1));
    json.name("sha256").open('{');
    for (Method method : Method.values()) {
      json.member(method.label(), sha256(Command.kmq(picture, indexed, method)));
    }
    if (colors == 64 && dither == Dither.NONE) {
      json.member("auto", sha256(Command.kmq(picture, indexed, Method.values())));
    }
    json.member("png", sha256(Command.png(indexed)));
    json.close('}').close('}');
    cases++;
  }

  /** PNG files whose profiles have tags beyond their end. */
  private static void expectProfiles(Json json) throws IOException {
    byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    for (String tag : List.of("desc", "rTRC", "gXYZ")) {
      for (int offset : new int[] {icc.length, icc.length - 9, -1, Integer.MAX_VALUE}) {
        ByteBuffer damaged = ByteBuffer.wrap(icc.clone());
        int name = ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).getInt();
        int entry = 132;
        while (damaged.getInt(entry) != name) {
          entry += 12;
        }
        byte[] profile = TestPng.deflate(damaged.putInt(entry + 4, offset).array());
        byte[] chunk = new byte[3 + profile.length];
        System.arraycopy(profile, 0, chunk, 3, profile.length);
        chunk[0] = 'p';
        byte[] png = TestPng.row(2, new byte[] {1, 2, 3}, new TestPng.Chunk("iCCP", chunk));
        expectFile(json, Files.write(folder.resolve(tag + offset + ".png"), png));
      }
    }
  }

  private static void expectFile(Json json, Path file) throws IOException {
    json.open('{').member("file", file.toAbsolutePath().normalize().toString());
    try {
      OpenImage image = new Session().openFile(Files.readAllBytes(file));
      IccProfile profile = image.profile();
      json.member("profile", profile == null ? null : profile.name());
      json.member("stored", profile == null).member("rgba", sha256(rgba(image)));
    } catch (KmqFormatException e) {
      json.member("reason", reason(e));
    } catch (EngineException e) {
      json.member("kind", e.kind().label());
    }
    json.close('}');
    files++;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void webAssembly() throws Exception {
    run(Nodes.withGarbageCollection(), "wasm");
  }

  @Test
  void webAssemblyWithoutStringBuiltins() throws Exception {
    run(Nodes.withGarbageCollection(), "plain");
  }

  @Test
  void javaScript() throws Exception {
    run("node", "js");
  }

  private static void run(String node, String target) throws Exception {
    String output =
        Nodes.run(
            List.of(node, "src/test/node/suite.mjs", folder.toString(), target),
            node + " did not run");
    String all = cases + " cases, " + files + " files, " + DAMAGED + " damaged ones";
    assertTrue(output.contains(all), output);
  }
}
