package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Palette;
import dev.kmq.imageio.IccProfile;
import dev.kmq.png.HdrColor;
import dev.kmq.png.PngColor;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours are those of Chromium 150, within rounding. */
class PngColorTest {
  private static final int[] COLORS = {
    0x0000FF, 0x2412DB, 0xB65B49, 0xFF7F00, 0x808080, 0x0A141E, 0xC8C8C8, 0x3CC85A
  };

  private static final int[] SRGB = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  private static final int[] P3 = {31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000};

  private static PngColor of(TestPng.Chunk... chunks) {
    Map<String, byte[]> data = new HashMap<>();
    for (TestPng.Chunk chunk : chunks) {
      data.put(chunk.type(), chunk.data());
    }
    return PngColor.of(data, (profile, warnings) -> Profiles.of(profile, warnings) != null);
  }

  private static TestPng.Chunk gamma(int value) {
    return TestPng.ofInts("gAMA", value);
  }

  private static TestPng.Chunk cicp(int... values) {
    return TestPng.ofBytes("cICP", values);
  }

  private static void assertColors(PngColor color, String expected, int tolerance) {
    int[] argb = COLORS.clone();
    HdrColor hdr = color.hdr();
    if (hdr != null) {
      hdr.toSrgb(argb);
    } else {
      List<String> warnings = new ArrayList<>();
      IccProfile profile = Profiles.of(Objects.requireNonNull(color.profile()), warnings);
      assertNotNull(profile, warnings.toString());
      argb = profile.toSrgb(Palette.ofArgb(argb)).toArgb();
    }
    String[] rgb = expected.split(" ", -1);
    for (int i = 0; i < rgb.length; i++) {
      String[] parts = rgb[i].split(",", -1);
      for (int c = 0; c < 3; c++) {
        int actual = argb[i] >>> 16 - 8 * c & 0xFF;
        assertEquals(
            Integer.parseInt(parts[c]),
            actual,
            tolerance,
            rgb[i] + " " + Integer.toHexString(argb[i]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "50000, '0,0,255 39,16,223 189,100,81 255,136,0 137,137,137 5,18,31 206,206,206 67,206,99'",
    "55556, '0,0,255 48,23,226 195,110,91 255,145,0 146,146,146 10,26,40 210,210,210 77,210,109'",
    "100000, '0,0,255 105,75,238 220,161,146 255,187,0 188,188,188 56,79,96 229,229,229'",
    "200000, '0,0,255 165,141,247 237,203,193 255,219,0 219,219,219 123,144,158 242,242,242'",
    "20000, '0,0,255 0,0,182 119,17,6 255,49,0 50,50,50 0,0,0 148,148,148 2,148,17'",
  })
  void gammaIsHonoured(int gamma, String expected) {
    PngColor color = of(gamma(gamma));
    assertEquals(List.of(), color.warnings());
    assertColors(color, expected, 1);
  }

  @Test
  void chromaticitiesAreHonouredBesideGamma() {
    assertColors(
        of(gamma(45455), TestPng.ofInts("cHRM", P3)),
        "0,0,255 34,8,229 197,84,65 255,119,0 129,129,129 1,12,25 201,201,201 0,205,72",
        2);
    assertColors(
        of(gamma(100000), TestPng.ofInts("cHRM", P3)),
        "0,0,255 110,74,248 230,158,142 255,184,0 188,188,188 49,80,98 229,229,229 94,232,154",
        2);
    assertColors(
        of(
            gamma(45455),
            TestPng.ofInts("cHRM", 34570, 35850, 64000, 33000, 30000, 60000, 15000, 6000)),
        "0,0,251 17,0,216 190,92,74 255,129,34 129,129,129 1,12,23 201,201,201 0,201,95",
        2);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 13, '0,75,255 0,67,226 210,86,66 255,117,0 128,128,128 2,21,31 200,200,200 0,197,81'",
    "5, 13, '0,0,254 37,18,218 185,91,73 255,127,8 128,128,128 9,20,30 200,200,200 40,200,92'",
    "6, 13, '26,35,255 43,36,220 178,93,73 249,130,0 128,128,128 11,20,30 200,200,200 76,197,89'",
    "8, 13, '0,0,255 35,0,227 202,84,67 255,117,0 128,128,128 5,20,31 200,200,200 0,205,77'",
    "9, 13, '0,0,255 0,0,230 219,69,67 255,96,0 128,128,128 0,21,31 200,200,200 0,210,67'",
    "11, 13, '0,0,255 36,9,228 192,84,67 255,118,0 128,128,128 8,20,31 200,200,200 0,204,73'",
    "12, 13, '0,0,255 39,17,228 196,84,67 255,117,0 128,128,128 7,20,31 200,200,200 0,203,73'",
    "22, 13, '4,51,255 37,48,219 184,93,73 255,129,0 128,128,128 10,20,30 200,200,200 49,196,90'",
    "1, 1, '0,0,255 24,6,217 178,82,63 255,120,0 121,121,121 1,7,18 197,197,197 49,197,81'",
    "1, 4, '0,0,255 31,10,220 183,91,71 255,128,0 129,129,129 3,12,24 201,201,201 57,201,90'",
    "1, 5, '0,0,255 13,2,211 168,67,48 255,105,0 106,106,106 0,3,8 189,189,189 36,189,66'",
    "1, 7, '0,0,255 54,36,223 190,107,90 255,140,0 141,141,141 25,38,48 206,206,206 77,206,106'",
    "1, 8, '0,0,255 105,75,238 220,161,146 255,187,0 188,188,188 56,79,96 229,229,229'",
    "1, 17, '0,0,255 19,4,223 180,77,58 255,117,0 118,118,118 1,5,13 200,200,200 44,200,76'",
    "1, 18, '0,0,246 23,7,202 155,71,57 255,90,0 99,99,99 1,5,11 202,202,202 52,200,78'",
    "9, 18, '0,0,249 0,0,207 190,49,52 255,0,0 99,99,99 0,5,11 202,202,202 0,208,44'",
  })
  void codePointsAreHonoured(int primaries, int transfer, String expected) {
    assertColors(of(cicp(primaries, transfer, 0, 1)), expected, 3);
  }

  @Test
  void hdrIsToneMappedWithAWarning() {
    PngColor color = of(cicp(1, 16, 0, 1));
    assertEquals(List.of("the image is HDR (PQ); it is tone-mapped to sRGB"), color.warnings());
    int[] greys = {0xFFB6B6B6, 0x80000000, 0xFFFFFFFF, 0xFF949494};
    Objects.requireNonNull(color.hdr()).toSrgb(greys);
    assertArrayEquals(new int[] {0xFFF4F4F4, 0x80000000, 0xFFFFFFFF}, Arrays.copyOf(greys, 3));
    assertEquals(
        188, greys[3] & 0xFF, 2, "203 cd/m2, which is diffuse white, becomes half the light");
  }

  @Test
  void whatMeansSrgbGivesNeitherProfileNorWarning() {
    int[] rounded = {31269, 32899, 63999, 33001, 30000, 60000, 15000, 5999};
    List<PngColor> all =
        List.of(
            of(),
            of(gamma(45455)),
            of(gamma(45000)),
            of(gamma(46000)),
            of(gamma(45455), TestPng.ofInts("cHRM", SRGB)),
            of(gamma(45454), TestPng.ofInts("cHRM", rounded)),
            of(TestPng.ofInts("cHRM", P3)),
            of(TestPng.ofBytes("sRGB", 0), gamma(100000), TestPng.ofInts("cHRM", P3)));
    for (PngColor color : all) {
      assertNull(color.profile());
      assertEquals(List.of(), color.warnings());
    }
    PngColor color = of(cicp(1, 13, 0, 1), gamma(100000));
    IccProfile profile = Profiles.of(Objects.requireNonNull(color.profile()), new ArrayList<>());
    assertTrue(Objects.requireNonNull(profile).isSrgb());
  }

  @Test
  void damagedChunksArePassedOverWithAWarning() {
    PngColor zero = of(gamma(0));
    assertNull(zero.profile());
    assertEquals(List.of("the gAMA chunk is not valid and is ignored"), zero.warnings());
    for (int[] bad :
        new int[][] {
          {31270, 32900, 64000, 33000, 64000, 33000, 64000, 33000},
          {0, 0, 0, 0, 0, 0, 0, 0},
          {31270, 0, 64000, 33000, 30000, 60000, 15000, 6000},
          {31270, 32900, 64000, 33000, 30000, 60000, 15000}
        }) {
      PngColor color = of(gamma(100000), TestPng.ofInts("cHRM", bad));
      assertNull(color.profile(), Arrays.toString(bad));
      assertEquals(
          List.of("the cHRM chunk is not valid; it and the gAMA chunk are ignored"),
          color.warnings());
    }
    PngColor next = of(cicp(2, 2, 0, 1), TestPng.ofBytes("sRGB", 7), gamma(100000));
    assertEquals(2, next.warnings().size());
    assertNotNull(next.profile());
    for (int[] bad : new int[][] {{12, 13, 1, 1}, {12, 13, 0, 0}, {12, 9, 0, 1}, {3, 13, 0, 1}}) {
      PngColor color = of(cicp(bad));
      assertNull(color.profile());
      assertTrue(color.warnings().get(0).contains("is not supported"), color.warnings().get(0));
    }
  }

  private static TestPng.Chunk iccp(byte[] deflated) {
    byte[] data = Arrays.copyOf("x\0\0".getBytes(StandardCharsets.US_ASCII), 3 + deflated.length);
    System.arraycopy(deflated, 0, data, 3, deflated.length);
    return new TestPng.Chunk("iCCP", data);
  }

  @Test
  void chunksTakePrecedenceInTheirOrder() {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    TestPng.Chunk profile = iccp(TestPng.deflate(linear));
    assertArrayEquals(linear, of(profile, TestPng.ofBytes("sRGB", 0), gamma(20000)).profile());
    byte[] made = of(cicp(12, 13, 0, 1)).profile();
    assertArrayEquals(made, of(cicp(12, 13, 0, 1), profile, gamma(20000)).profile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"notzlib", "", "short", "junk"})
  void aDamagedProfileIsPassedOverWithAWarning(String damage) {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] deflated = TestPng.deflate(linear);
    byte[] data =
        switch (damage) {
          case "short" -> Arrays.copyOf(deflated, deflated.length / 2);
          case "junk" -> TestPng.deflate("no profile".getBytes(StandardCharsets.US_ASCII));
          default -> damage.getBytes(StandardCharsets.US_ASCII);
        };
    PngColor color = of(iccp(data), gamma(100000));
    assertEquals(List.of(PngColor.DAMAGED_PROFILE), color.warnings());
    assertColors(color, "0,0,255 105,75,238 220,161,146 255,187,0 188,188,188", 1);
    assertNull(of(iccp(data), TestPng.ofBytes("sRGB", 0)).profile());
  }

  @Test
  void madeProfilesAreSmallAndTheSameEveryTime() {
    byte[] profile = Objects.requireNonNull(of(gamma(100000)).profile());
    assertTrue(profile.length < 512, profile.length + " bytes");
    assertArrayEquals(profile, of(gamma(100000)).profile());
  }
}
