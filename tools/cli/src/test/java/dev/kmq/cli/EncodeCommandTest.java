package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Chunk;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeCommandTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 64, 100, 256, 1000})
  void packedFileHasTheFormulasSize(int k) throws IOException {
    Path picture = png("a.png", noise(48, 37, 1));
    Run run = kmq("encode", "--method", "packed", "-k", k, picture, "--json");
    assertEquals(0, run.exit(), run.err());
    int bits = k == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(k - 1);
    long formula = 32 + 3L * k + (48L * 37 * bits + 7) / 8;
    assertEquals(formula, Files.size(folder.resolve("a.kmq")));
    JsonNode json = run.json().get(0);
    assertEquals(formula, json.get("bytes").asLong());
    assertEquals(k, json.get("colors").asInt());
    assertEquals(k, Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq"))).palette().size());
  }

  @Test
  void psnrFollowsFromMse() throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    JsonNode json = kmq("encode", "-k", 4, picture, "--json").json().get(0);
    double mse = json.get("mse").asDouble();
    assertEquals(10 * Math.log10(3 * 255.0 * 255 / mse), json.get("psnr").asDouble(), 1e-9);
  }

  @Test
  void mseIsTheMeanSquaredDistanceOfTheDecodedPixels() throws IOException {
    BufferedImage image = noise(31, 17, 3);
    Path picture = png("a.png", image);
    double mse = kmq("encode", "-k", 8, picture, "--json").json().get(0).get("mse").asDouble();
    IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    long sum = 0;
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int gap = (image.getRGB(x, y) >>> shift & 0xFF) - (decoded.argb(x, y) >>> shift & 0xFF);
          sum += (long) gap * gap;
        }
      }
    }
    assertEquals(sum / (31.0 * 17), mse, 1e-9);
  }

  @Test
  void indexedPictureKeepsPaletteAndIndices() throws IOException {
    int[] colors = {0xFF102030, 0xFF405060, 0xFF708090, 0xFF102030, 0xFFA0B0C0};
    IndexColorModel model = new IndexColorModel(8, 5, colors, 0, false, -1, 0);
    BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < 35; i++) {
      image.getRaster().setSample(i % 7, i / 7, 0, i * i % 5);
    }
    kmq("encode", png("a.png", image));
    IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertArrayEquals(colors, decoded.palette().toArgb());
    for (int i = 0; i < 35; i++) {
      assertEquals(i * i % 5, decoded.plane().get(i % 7, i / 7));
    }
    kmq("encode", "-k", 3, "--force", folder.resolve("a.png"));
    assertEquals(3, Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq"))).palette().size());
  }

  @Test
  void alphaIsKeptOrDropped() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    int[] argb = {0xFFFF0000, 0x80FF0000, 0x00123456, 0xFF0000FF};
    image.setRGB(0, 0, 4, 1, argb, 0, 4);
    Path picture = png("a.png", image);
    kmq("encode", picture);
    IndexedImage kept = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertEquals(0x80FF0000, kept.argb(1, 0));
    assertEquals(0, kept.argb(2, 0));
    kmq("encode", "--force", "--alpha", "drop", "--background", "#00ff00", picture);
    IndexedImage dropped = Kmq.decode(Files.readAllBytes(folder.resolve("a.kmq")));
    assertFalse(dropped.palette().hasAlpha());
    assertEquals(0xFF807F00, dropped.argb(1, 0));
    assertEquals(0xFF00FF00, dropped.argb(2, 0));
  }

  @Test
  void ditheringIsReported() throws IOException {
    Path a = png("a.png", noise(20, 20, 1));
    assertTrue(kmq("encode", "-k", 8, "--dither", "bayer", a).out().contains(" dB, dithered\n"));
    assertFalse(kmq("encode", "-f", "-k", 8, a).out().contains("dithered"));
    Path kmq = folder.resolve("a.kmq");
    assertFalse(
        kmq("encode", "-o", folder.resolve("b.kmq"), "--skip-existing", kmq)
            .out()
            .contains("dithered"));
  }

  @Test
  void theLastOfRepeatedOptionsWins() throws IOException {
    Path picture = png("a.png", noise(60, 50, 3));
    Run run = kmq("encode", "-k", 4, "--dither", "bayer", "-k", 6, "--dither", "none", picture);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    assertEquals(6, Kmq.read(folder.resolve("a.kmq")).palette().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-k 0",
        "-k 65537",
        "-k x",
        "--method zip",
        "--tile 16",
        "--tile 0x16",
        "--jobs 0",
        "--alpha maybe",
        "--background #12345",
        "--background #123456",
        "--metadata some",
        "--max-pixels many",
        "--no-such-option",
        "--force --skip-existing",
        "-o a --out-dir b"
      })
  void wrongUsageIsReportedInTwoLines(String options) throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Object[] args = (picture + " " + options).split(" ", -1);
    Object[] all = new Object[args.length + 1];
    all[0] = "encode";
    System.arraycopy(args, 0, all, 1, args.length);
    Run run = kmq(all);
    assertEquals(2, run.exit(), options);
    assertEquals(2, run.err().lines().count(), run.err());
    assertEquals(List.of("a.png"), files());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-k 0|--colors must be 1 to 65536, not 0",
        "--keep-color #000001 --keep-color #000002 -k 1|"
            + "--keep-color has 2 colours, more than --colors = 1",
        "--keep-color #00000100 --keep-color #00000200|"
            + "--keep-color must not contain a colour twice (all colours of alpha 0 are the same)",
        "--transparent-index 65536|--transparent-index must be 0 to 65535, not 65536",
        "--transparent-index 4 -k 4|--transparent-index must be below --colors = 4, not 4",
        "--palette grey4 -k 4|--palette cannot be combined with --colors: K is the palette's",
        "--palette grey4 --target-psnr 30|--palette cannot be combined with --target-psnr",
        "--palette grey4 --keep-color #000001|--palette cannot be combined with --keep-color",
        "--target-psnr 0|--target-psnr must be above 0 dB and finite, not 0",
        "--target-psnr 30 --target-bytes 9|--target-psnr cannot be combined with --target-bytes",
        "--target-bytes 0|--target-bytes must be at least 1, not 0",
        "--max-error -1|--max-error must be at least 0, not -1",
        "--max-decoding-cost 0|--max-decoding-cost must be at least 1, not 0",
        "--max-decoding-cost 5 --method rans|--max-decoding-cost 5 excludes all of --method rans",
        "--rdo 10 --method packed|--rdo needs --method rans, mix or auto",
        "--rdo 0 --method rans|--rdo must be above 0 and finite, not 0",
        "--rdo 9 --method auto --max-decoding-cost 4|"
            + "--max-decoding-cost 4 excludes the methods that --rdo can use: rans costs 20, "
            + "mix 400",
        "--rdo 9 --method rans --dither bayer|--rdo cannot be combined with --dither",
        "--max-error -0.5|--max-error must be at least 0, not -0.5",
        "--alt-palette a=grey4 --target-psnr 30|--target-psnr cannot be combined with alternative "
            + "palettes in --alt-palette, which require a fixed K",
        "--jobs 0|--jobs must be at least 1, not 0",
        "--tile 10x16|"
            + "--tile must have sides that are powers of two from 16 to 262144, or the whole "
            + "image, not 10x16",
      })
  void refusalsNameTheFlags(String options, String message) throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Object[] args = ("encode " + picture + " " + options).split(" ", -1);
    Run run = kmq(args);
    assertEquals(2, run.exit(), options);
    assertEquals(
        "kmq encode: " + message + "\nTry 'kmq encode --help'.",
        run.err().strip().replace("\r", ""));
    assertEquals(List.of("a.png"), files());
  }

  @Test
  void pixelLimitHolds() throws IOException {
    Path picture = png("a.png", quarters(40, 40));
    Run run = kmq("encode", "--max-pixels", 1599, picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("--max-pixels"), run.err());
    assertEquals(0, kmq("encode", "--max-pixels", 1600, picture).exit());
  }

  @Test
  void greyPicturesKeepTheirLevels() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, i);
      deep.getRaster().setSample(i % 16, i / 16, 0, i * 257);
    }
    kmq("encode", png("grey.png", grey), png("deep.png", deep));
    for (String name : List.of("grey.kmq", "deep.kmq")) {
      IndexedImage decoded = Kmq.decode(Files.readAllBytes(folder.resolve(name)));
      for (int i = 0; i < 256; i++) {
        assertEquals(0xFF000000 | i * 0x010101, decoded.argb(i % 16, i / 16), name);
      }
    }
  }

  @Test
  void jpegOfAnotherSuffixIsRead() throws IOException {
    Path path = folder.resolve("photo.weird");
    ImageIO.write(quarters(32, 32), "jpeg", path.toFile());
    assertEquals(0, kmq("encode", path).exit());
    assertTrue(files().contains("photo.kmq"));
  }

  @Test
  void bandsAreMeasuredAndTheirRemedyIsNamed() throws IOException {
    BufferedImage sky = new BufferedImage(64, 128, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 128; i++) {
      sky.setRGB(i % 64, i / 64, i / 64 * 0x020202);
    }
    Path picture = png("sky.png", sky);
    String hint = "--dither spatial hides them";
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--method", "packed", picture)
            .out()
            .contains("(5.5% of pixels); " + hint));
    for (String options :
        List.of(
            "-k 65 --method packed", // more colours than where dots are the remedy
            "-k 8 --method packed --dither spatial",
            "-k 8 --method packed --max-error 400", // dots would exceed a limit
            "-k 8", // more colours cost little there
            "-k 8 --method packed --json",
            "-k 8 --method packed -q")) {
      List<Object> args = new ArrayList<>(List.of("encode", "-f"));
      args.addAll(List.of(options.split(" ")));
      args.add(picture);
      assertFalse(kmq(args.toArray()).out().contains("bands"), options);
    }
    for (int i = 0; i < 64 * 128; i++) {
      sky.setRGB(i % 64, i / 64, i / 64 * 0x010101);
    }
    Path slow = png("slow.png", sky);
    assertFalse(
        kmq("encode", "-k", 64, "--method", "packed", slow)
            .out()
            .contains("bands")); // steps of two levels
  }

  @Test
  void rgbByDefaultIsReported() throws IOException {
    Path picture = png("a.png", noise(40, 30, 5));
    String eight = "  rans, 8 colours";
    assertTrue(kmq("encode", "-f", "-k", 8, picture).out().contains(eight + ", "));
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--max-error", 400, picture)
            .out()
            .contains(eight + " in rgb, "));
    assertTrue(
        kmq("encode", "-f", "-k", 8, "--metric", "rgb", picture).out().contains(eight + ", "));
    Path indexed = folder.resolve("a.kmq");
    assertEquals("oklab", metric("encode", "-f", "-k", 8, "--json", picture));
    assertEquals("rgb", metric("encode", "-f", "-k", 8, "--max-error", 400, "--json", picture));
    assertEquals("null", metric("encode", "-o", folder.resolve("b.kmq"), "--json", indexed));
    assertEquals("oklab", metric("sweep", "-k", 8, "--json", picture));
  }

  private String metric(Object... args) throws IOException {
    return kmq(args).json().get(0).get("metric").asText();
  }

  @Test
  void rdoTakesFewerBytes() throws IOException {
    BufferedImage image = noise(64, 64, 1);
    for (int i = 0; i < 64 * 64; i++) {
      int grain = image.getRGB(i % 64, i / 64) & 15;
      image.setRGB(i % 64, i / 64, i / 64 * 3 * 0x010100 + grain);
    }
    Path picture = png("a.png", image);
    JsonNode plain =
        kmq("encode", "-f", "-k", 32, "--method", "rans", "--json", picture).json().get(0);
    JsonNode rdo =
        kmq("encode", "-f", "-k", 32, "--method", "rans", "--rdo", 50, "--json", picture)
            .json()
            .get(0);
    assertTrue(rdo.get("bytes").asLong() < plain.get("bytes").asLong());
    assertTrue(rdo.get("mse").asDouble() > plain.get("mse").asDouble());
  }

  @Test
  void givenColoursAreOfSrgbWhateverTheProfileOfThePicture() throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    EncodeOptions options =
        EncodeOptions.builder().chunks(List.of(Chunk.iccProfile(profile))).build();
    int[] argb = {0xFF404040, 0xFFFFFFFF};
    Path picture =
        Files.write(folder.resolve("linear.kmq"), Kmq.encode(PixelSource.of(2, 1, argb), options));
    Path out = folder.resolve("out.kmq");
    kmq("encode", picture, "-o", out, "-f");
    assertEquals(1, kmq("info", "--json", out).json().get(0).get("chunks").size());
    kmq("encode", "--keep-color", "#ff0000", picture, "-o", out, "-f");
    assertEquals(0, kmq("info", "--json", out).json().get(0).get("chunks").size());
    List<String> colors = kmq("palette", out).out().lines().toList();
    assertEquals("#ff0000", colors.get(0));
    assertTrue(colors.contains("#ffffff"));
    assertFalse(colors.contains("#404040"));
    assertEquals(colors.subList(1, 3), kmq("palette", picture).out().lines().toList());
  }

  @Test
  void valuesAreReportedAsTheyAreTyped() throws IOException {
    for (String value : List.of("some", "${HOME}", "$1", "a\\b", "$")) {
      String err = kmq("encode", "--metadata", value, "in.png").err();
      assertTrue(err.contains("'" + value + "' is not one of none, color, all"), err);
    }
  }

  @Test
  void whatIsNoPaletteIsRefusedInWords() throws IOException {
    Path picture = png("a.png", noise(20, 20, 1));
    Path other = Files.write(folder.resolve("a.bin"), new byte[] {0, 1, 2, 3});
    Run run = kmq("encode", "--palette", other, picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("a.bin: is not a palette"), run.err());
    assertTrue(
        kmq("encode", "--palette", "grey3", picture)
            .err()
            .contains("grey3: no such file; 'kmq palette --list-palettes' lists the named"));
  }

  @Test
  void truncatedPngIsADamagedPicture() throws IOException {
    byte[] png = Files.readAllBytes(png("a.png", noise(40, 40, 1)));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, 300));
    Run run = kmq("encode", cut);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("cut.png: damaged image: "), run.err());
  }

  @Test
  void targetsAreMetOrExitWith3() throws IOException {
    Path picture = png("a.png", noise(40, 40, 2));
    Run run = kmq("encode", "--target-psnr", 20, "--json", picture);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.json().get(0).get("psnr").asDouble() >= 20);
    Run fits = kmq("encode", "--target-bytes", 900, "--force", "--json", picture);
    assertTrue(fits.json().get(0).get("bytes").asLong() <= 900);
    Run far = kmq("encode", "--target-psnr", 60, "-k", 8, picture, "-o", folder.resolve("b.kmq"));
    assertEquals(3, far.exit());
    assertEquals(1, far.err().lines().count(), far.err());
    Run rare = kmq("encode", "--max-error", 1, "-k", 8, picture, "-o", folder.resolve("b.kmq"));
    assertEquals(3, rare.exit());
    Path bad = Files.writeString(folder.resolve("bad.png"), "x");
    assertEquals(1, kmq("encode", "--target-bytes", 10, picture, bad, "--force").exit());
    assertEquals(List.of("a.kmq", "a.png", "bad.png"), files());
  }

  @Test
  void palettesComeFromFiles() throws IOException {
    Path picture = png("a.png", noise(20, 20, 2));
    Path gimp = folder.resolve("p.gpl");
    Files.writeString(gimp, "GIMP Palette\nName: x\n# note\n255 0 0 red\n  0 128 255\n");
    kmq("encode", "--palette", gimp, picture);
    Path first = folder.resolve("a.kmq");
    int[] expected = {0xFFFF0000, 0xFF0080FF};
    assertArrayEquals(expected, Kmq.decode(Files.readAllBytes(first)).palette().toArgb());
    Path other = folder.resolve("b.kmq");
    kmq("encode", "--palette", first, picture, "-o", other);
    assertEquals(-1, Files.mismatch(first, other));
    assertEquals(2, kmq("encode", "--palette", gimp, "-k", 2, picture).exit());
    assertEquals(2, kmq("encode", "--palette", gimp, "--target-psnr", 30, picture).exit());
    Path wrong = Files.writeString(folder.resolve("w.gpl"), "GIMP Palette\n1 2 300\n");
    Run run = kmq("encode", "--palette", wrong, "--force", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("line 2"), run.err());
  }

  @Test
  void truncatedJpegIsAFailedInput() throws IOException {
    Path whole = folder.resolve("whole.jpg");
    ImageIO.write(noise(64, 64, 1), "jpeg", whole.toFile());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.jpg");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Run run = kmq("encode", cut);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("damaged"), run.err());
    assertEquals(List.of("cut.jpg", "whole.jpg"), files());
  }

  /** A soft shadow around an opaque square on a transparent background, as in icons. */
  private static BufferedImage icon() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double out = Math.max(Math.abs(x - 31.5), Math.abs(y - 31.5)) - 16;
        int shadow = (int) Math.max(0, 180 - 15 * out);
        int face = 0xFF000000 | 40 + 3 * x << 16 | 220 - 2 * y << 8 | 60 + x + y;
        image.setRGB(x, y, out < 0 ? face : shadow << 24 | 0x101820);
      }
    }
    return image;
  }

  @Test
  void figuresOfIconsAreThoseThatAreSeen() throws IOException {
    Path picture = png("icon.png", icon());
    double last = 0;
    for (JsonNode row : kmq("sweep", "-k", "4,8,16,32,64,128,256", picture, "--json").json()) {
      double psnr = row.get("psnr").asDouble();
      assertTrue(psnr > last, psnr + " dB at K = " + row.get("k"));
      last = psnr;
    }
    assertTrue(last > 40, last + " dB");
    assertEquals(0, kmq("encode", "--target-psnr", 38, "-f", picture).exit());
    assertEquals(0, kmq("encode", "--max-error", 12, "-f", picture).exit());
  }

  @Test
  void keptColorsThatLeaveNoEntryForAlphaAreWarnedOf() throws IOException {
    Path picture = png("icon.png", icon());
    for (String verb : List.of("encode", "sweep")) {
      Run run =
          kmq(
              verb,
              "-k",
              2,
              "--keep-color",
              "#ff0000",
              "--keep-color",
              "#00ff00",
              picture,
              "--json");
      assertEquals(0, run.exit(), run.err());
      String warnings = run.json().get(0).get("warnings").toString();
      assertTrue(warnings.contains("no fully transparent entry"), verb + warnings);
      run = kmq(verb, "-f", "-k", 4, "--keep-color", "#ff0000", picture, "--json");
      assertEquals(0, run.json().get(0).get("warnings").size());
    }
  }

  @Test
  void palettesWithoutTransparentOrOpaqueEntryAreWarnedOf() throws IOException {
    Path picture = png("icon.png", icon());
    Path opaque = folder.resolve("opaque.hex");
    Files.writeString(opaque, "#000000\n#FFFFFF\n");
    Run run = kmq("encode", "--palette", opaque, picture, "--json");
    assertEquals(0, run.exit(), run.err());
    JsonNode warnings = run.json().get(0).get("warnings");
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).asText().contains("no fully transparent entry"), warnings.toString());
    Path veil = folder.resolve("veil.hex");
    Files.writeString(veil, "#00000000\n#FFFFFFFE\n");
    warnings =
        kmq("encode", "-f", "--palette", veil, picture, "--json").json().get(0).get("warnings");
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).asText().contains("no opaque entry"), warnings.toString());
    Path both = folder.resolve("both.hex");
    Files.writeString(both, "#00000000\n#FFFFFF\n");
    warnings =
        kmq("encode", "-f", "--palette", both, picture, "--json").json().get(0).get("warnings");
    assertEquals(0, warnings.size());
  }
}
