package dev.kmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EncodeOptionsTest {
  @Test
  void optionsStayAsTheyWereBuilt() {
    List<Chunk> chunks = new ArrayList<>(List.of(Chunk.iccProfile(new byte[9])));
    EncodeOptions.Builder builder = EncodeOptions.builder().colors(7).chunks(chunks);
    EncodeOptions options = builder.tileSize(0, 64).build();
    chunks.clear();
    builder.colors(8).tileSize(16, 16);
    assertEquals(7, options.colors());
    assertEquals(1, options.chunks().size());
    assertEquals(ColorSpace.ICC, options.colorSpace());
    assertEquals(Tiling.of(100, 100, 0, 64), options.tiling(Method.RANS, 100, 100));
  }

  @Test
  void equalOptionsAreEqual() {
    List<UnaryOperator<EncodeOptions.Builder>> changes =
        List.of(
            b -> b,
            b -> b.colors(7),
            b -> b.palette(PaletteChoice.computed(256).withKeepColors(1 << 24)),
            b -> b.palette(PaletteChoice.computed(256).withTransparentIndex(0)),
            b -> b.palette(PaletteChoice.computed(256).withTarget(new Target.Bytes(9))),
            b -> b.palette(PaletteChoice.given(Palette.ofRgb(1, 2))),
            b -> b.effort(Effort.BEST),
            b -> b.metric(Metric.OKLAB),
            b -> b.dither(Dither.BAYER),
            b -> b.maxError(3),
            b -> b.rdo(10).methods(Method.RANS),
            b -> b.methods(Method.RANS),
            b -> b.maxDecodingCost(9),
            b -> b.tileSize(64, 64),
            b -> b.threads(77),
            b -> b.chunks(List.of(Chunk.text("a", "b"))));
    for (int i = 0; i < changes.size(); i++) {
      EncodeOptions one = changes.get(i).apply(EncodeOptions.builder()).build();
      for (int j = 0; j < changes.size(); j++) {
        EncodeOptions other = changes.get(j).apply(EncodeOptions.builder()).build();
        assertEquals(i == j, one.equals(other), one + " and " + other);
        assertEquals(i == j, one.toString().equals(other.toString()));
        assertTrue(i != j || one.hashCode() == other.hashCode());
      }
    }
    assertEquals(
        EncodeOptions.builder().tileSize(64, 16).build(),
        EncodeOptions.builder().tileSize(Tiling.of(500, 300, 64, 16)).build());
  }

  @Test
  @SuppressWarnings("NullAway")
  void namesArgumentsThatAreNull() {
    PixelSource pixels = PixelSource.of(1, 1, new int[1]);
    EncodeOptions options = EncodeOptions.defaults();
    Path file = Path.of("not", "there");
    assertNamed("options", () -> Kmq.encode(pixels, null));
    assertNamed("pixels", () -> Kmq.encode((PixelSource) null, options));
    assertNamed("image", () -> Kmq.encode((IndexSource) null, options));
    assertNamed("pixels", () -> Kmq.write((PixelSource) null, file, options));
    assertNamed("image", () -> Kmq.write((IndexSource) null, file, options));
    assertNamed("file", () -> Kmq.write(pixels, null, options));
    assertNamed("options", () -> Kmq.write(pixels, file, null));
    assertNamed("file", () -> Kmq.read(null));
    assertNamed("options", () -> Kmq.read(file, null));
    assertNamed("options", () -> Kmq.decode(new byte[9], null));
    assertNamed("out", () -> new KmqEncoder(options).encode(pixels, null));
    assertNamed("work", () -> new KmqEncoder(options).quantize(pixels, null));
    assertNamed("chunks", () -> EncodeOptions.builder().chunks(null));
    assertNamed("target", () -> PaletteChoice.computed(2).withTarget(null));
  }

  private static void assertNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  static List<Arguments> refusals() {
    int[] three = {0xFF000001, 0xFF000002, 0xFF000003};
    Palette palette = Palette.ofRgb(three);
    return List.of(
        refusal("{colors} must be 1 to 65536, not 0", b -> b.colors(0)),
        refusal("{colors} must be 1 to 65536, not 65537", b -> b.colors(65537)),
        refusal("{threads} must be at least 1, not 0", b -> b.threads(0)),
        refusal(
            "{tileSize} must have sides that are powers of two from 16 to 262144, or the whole"
                + " image, not 10x16",
            b -> b.tileSize(10, 16)),
        refusal("{maxError} must be at least 0, not -1", b -> b.maxError(-1)),
        refusal("{maxError} must be at least 0, not NaN", b -> b.maxError(Double.NaN)),
        refusal("{rdo} must be above 0 and finite, not 0", b -> b.rdo(0)),
        refusal("{rdo} must be above 0 and finite, not -1", b -> b.rdo(-1)),
        refusal("{rdo} must be above 0 and finite, not NaN", b -> b.rdo(Double.NaN)),
        refusal(
            "{rdo} must be above 0 and finite, not Infinity", b -> b.rdo(Double.POSITIVE_INFINITY)),
        refusal(
            "{rdo} needs {methods} {=rans}, {=mix} or {=all}",
            b -> b.rdo(10).methods(Method.PACKED, Method.DEFLATE)),
        refusal(
            "{maxDecodingCost} 19 excludes the methods that {rdo} can use: {=rans} costs 20,"
                + " {=mix} 400",
            b -> b.rdo(10).methods(Method.values()).maxDecodingCost(19)),
        refusal(
            "{rdo} cannot be combined with {dither}",
            b -> b.methods(Method.RANS).rdo(10).dither(Dither.BLUE_NOISE)),
        refusal(
            "{methods} must have at least one method and none twice, not {=packed}, {=packed}",
            b -> b.methods(Method.PACKED, Method.PACKED)),
        refusal(
            "{methods} must have at least one method and none twice, not none",
            EncodeOptions.Builder::methods),
        refusal("{maxDecodingCost} must be at least 1, not 0", b -> b.maxDecodingCost(0)),
        refusal(
            "{maxDecodingCost} 3 excludes all of {methods} {=rans}, {=mix}",
            b -> b.methods(Method.RANS, Method.MIX).maxDecodingCost(3)),
        refusal(
            "{keepColors} must not contain a colour twice (all colours of alpha 0 are the same)",
            b -> b.palette(PaletteChoice.computed(4).withKeepColors(1 << 24, 2, 1 << 24))),
        refusal(
            "{keepColors} must not contain a colour twice (all colours of alpha 0 are the same)",
            b -> b.palette(PaletteChoice.computed(4).withKeepColors(0x00FFFFFF, 0))),
        refusal(
            "{keepColors} has 3 colours, more than {colors} = 2",
            b -> b.palette(PaletteChoice.computed(2).withKeepColors(three))),
        refusal(
            "{transparentIndex} must be 0 to 65535, not 65536",
            b -> b.palette(PaletteChoice.computed(4).withTransparentIndex(65536))),
        refusal(
            "{transparentIndex} must be below {colors} = 4, not 4",
            b -> b.palette(PaletteChoice.computed(4).withTransparentIndex(4))),
        refusal(
            "{targetPsnr} must be above 0 dB and finite, not NaN",
            b -> b.palette(aiming(new Target.Psnr(Double.NaN)))),
        refusal(
            "{targetPsnr} must be above 0 dB and finite, not Infinity",
            b -> b.palette(aiming(new Target.Psnr(Double.POSITIVE_INFINITY)))),
        refusal(
            "{targetBytes} must be at least 1, not 0", b -> b.palette(aiming(new Target.Bytes(0)))),
        refusal(
            "{targetBytes} cannot be combined with alternative palettes in {chunks}, "
                + "which require a fixed K",
            b -> b.palette(aiming(new Target.Bytes(9))).chunks(further(palette))),
        refusal(
            "{targetPsnr} cannot be combined with alternative palettes in {chunks}, "
                + "which require a fixed K",
            b -> b.palette(aiming(new Target.Psnr(9))).chunks(further(palette))),
        refusal(
            "{targetPsnr} cannot be combined with {targetBytes}",
            b -> b.palette(aiming(Target.of(30.0, 1000L).orElseThrow()))),
        refusal(
            "{palette} cannot be combined with {targetBytes}",
            b -> b.palette(PaletteChoice.of(palette, aiming(new Target.Bytes(9))))),
        refusal(
            "{palette} cannot be combined with {targetPsnr}",
            b -> b.palette(PaletteChoice.of(palette, aiming(new Target.Psnr(9))))),
        refusal(
            "{palette} cannot be combined with {keepColors}",
            b ->
                b.palette(
                    PaletteChoice.of(palette, PaletteChoice.computed(4).withKeepColors(three)))),
        refusal(
            "{palette} cannot be combined with {transparentIndex}",
            b ->
                b.palette(
                    PaletteChoice.of(palette, PaletteChoice.computed(4).withTransparentIndex(0)))));
  }

  private static Arguments refusal(String message, UnaryOperator<EncodeOptions.Builder> set) {
    return Arguments.of(message, set);
  }

  private static PaletteChoice.Computed aiming(Target target) {
    return PaletteChoice.computed(256).withTarget(target);
  }

  private static List<Chunk> further(Palette palette) {
    return List.of(Chunk.palette("other", palette));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesByTheNamesOfOptions(String message, UnaryOperator<EncodeOptions.Builder> set) {
    OptionException e =
        assertThrows(OptionException.class, () -> set.apply(EncodeOptions.builder()).build());
    assertEquals(message.replaceAll("\\{=?(\\w+)\\}", "$1"), e.getMessage());
    assertEquals(
        message.replaceAll("\\{(\\w+)\\}", "--$1").replaceAll("\\{=(\\w+)\\}", "'$1'"),
        e.message(name -> "--" + name, method -> "'" + method + "'"));
    assertEquals(message.substring(1, message.indexOf('}')), e.option());
  }

  @Test
  void namesMayHaveAnyCharacter() {
    OptionException e =
        assertThrows(OptionException.class, () -> EncodeOptions.builder().colors(0));
    assertEquals("$1\\ must be 1 to 65536, not 0", e.message(name -> "$1\\", method -> ""));
  }

  @Test
  void otherClassesRefuseValuesOutOfRange() {
    DecodeOptions.Builder decode = DecodeOptions.builder();
    assertThrows(IllegalArgumentException.class, () -> decode.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> Limits.defaults().withMaxWork(-1));
  }

  @Test
  void methodsAreThoseWithinTheCost() {
    assertEquals(
        List.of(Method.values()),
        EncodeOptions.builder().methods(Method.values()).build().methods());
    assertEquals(
        List.of(Method.PACKED),
        EncodeOptions.builder().methods(Method.values()).maxDecodingCost(1).build().methods());
    EncodeOptions options =
        EncodeOptions.builder()
            .methods(Method.MIX, Method.DEFLATE)
            .maxDecodingCost(Method.DEFLATE.decodingCost())
            .build();
    assertEquals(List.of(Method.DEFLATE), options.methods());
    assertEquals(
        List.of(Method.MIX, Method.DEFLATE),
        options.toBuilder().maxDecodingCost(Integer.MAX_VALUE).build().methods());
  }

  @Test
  void whatChangesThePaletteOfIndexedImages() {
    PaletteChoice.Computed computed = PaletteChoice.computed(4);
    Palette palette = Palette.ofRgb(1, 2);
    assertFalse(
        EncodeOptions.builder()
            .palette(computed.withTransparentIndex(1))
            .dither(Dither.BAYER)
            .metric(Metric.OKLAB)
            .maxError(3)
            .build()
            .requantizesIndexed());
    for (PaletteChoice choice :
        List.of(
            PaletteChoice.given(palette),
            computed.withKeepColors(0xFF000000),
            computed.withTarget(new Target.Psnr(9)),
            computed.withTarget(new Target.Bytes(9)))) {
      assertTrue(EncodeOptions.builder().palette(choice).build().requantizesIndexed());
    }
    assertTrue(EncodeOptions.builder().methods(Method.RANS).rdo(1).build().requantizesIndexed());
  }

  @Test
  void aBuilderOfOptionsChangesOneAndKeepsTheOthers() {
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(64).withKeepColors(0xFFFFFFFF).withTransparentIndex(1))
            .effort(Effort.BEST)
            .metric(Metric.OKLAB)
            .dither(Dither.BAYER)
            .maxError(30)
            .methods(Method.RANS, Method.MIX)
            .maxDecodingCost(700)
            .tileSize(32, 0)
            .threads(3)
            .chunks(List.of(Chunk.iccProfile(new byte[9])))
            .build();
    EncodeOptions other = options.toBuilder().colors(32).build();
    assertEquals(32, other.colors());
    assertEquals(64, options.colors());
    assertEquals(List.of(0xFFFFFFFF), other.keepColors());
    assertEquals(OptionalInt.of(1), other.transparentIndex());
    assertEquals(Effort.BEST, other.effort());
    assertEquals(Metric.OKLAB, other.metric());
    assertEquals(Dither.BAYER, other.dither());
    assertEquals(OptionalDouble.of(30), other.maxError());
    assertEquals(List.of(Method.RANS, Method.MIX), other.methods());
    assertEquals(700, other.maxDecodingCost());
    assertEquals(Tiling.of(100, 100, 32, 0), other.tiling(Method.MIX, 100, 100));
    assertEquals(3, other.threads());
    assertEquals(1, other.chunks().size());
    EncodeOptions rdo = EncodeOptions.builder().methods(Method.RANS).rdo(7).build();
    assertEquals(OptionalDouble.of(7), rdo.toBuilder().build().rdo());
  }

  @Test
  void aGivenPaletteReplacesTheComputedOneAndTheOtherWayRound() {
    Palette palette = Palette.ofRgb(1, 2, 3);
    EncodeOptions.Builder builder = EncodeOptions.builder().palette(PaletteChoice.given(palette));
    assertEquals(new PaletteChoice.Given(palette), builder.build().palette());
    assertEquals(3, builder.build().colors());
    assertEquals(7, builder.colors(7).build().colors());
  }

  @Test
  void defaultsAreThePlainFormat() {
    EncodeOptions options = EncodeOptions.defaults();
    assertEquals(256, options.colors());
    assertEquals(List.of(Method.PACKED), options.methods());
    assertEquals(Metric.RGB, options.metric());
    assertEquals(Dither.NONE, options.dither());
    assertEquals(Effort.DEFAULT, options.effort());
    assertEquals(Runtime.getRuntime().availableProcessors(), options.threads());
    assertEquals(List.of(), options.chunks());
    assertEquals(ColorSpace.SRGB, options.colorSpace());
    assertEquals(Tiling.standard(Method.MIX, 5000, 5000), options.tiling(Method.MIX, 5000, 5000));
  }

  @Test
  void transparentKeptColoursAreOne() {
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(256).withKeepColors(0x00FFFFFF, 0xFFFFFFFF))
            .build();
    assertEquals(List.of(0, 0xFFFFFFFF), options.keepColors());
  }
}
