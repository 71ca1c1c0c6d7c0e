package dev.kmq.web;

import dev.kmq.OptionException;
import dev.kmq.UnreachableTargetException;
import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.container.KmqFormatException;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.web.EngineException.Kind;
import dev.kmq.web.png.IccProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The session as functions of a module for JavaScript. Each call returns JSON, an object with the
 * member {@code failure} if it failed, and leaves arrays to be fetched.
 */
public final class Codec {
  private static final Session SESSION = new Session();

  private static byte[] bytes = {};

  private Codec() {}

  /** A function that takes the fraction that is done. */
  @JSFunctor
  public interface Progress extends JSObject {
    /** Takes a fraction from 0 to 1. */
    void at(double done);
  }

  private interface Call {
    void run(Json json) throws IOException;
  }

  /** An entry point that the compiler wants. */
  public static void main(String[] args) {}

  /** All options: {@code metrics}, {@code dithers}, {@code efforts}, {@code methods}. */
  @JSExport
  public static String options() {
    Json json = new Json();
    Options.list(json);
    return json.toString();
  }

  /** Opens a file. */
  @JSExport
  public static String openFile(Int8Array file) {
    byte[] copy = file.copyToJavaArray();
    return answer(json -> describe(json, SESSION.openFile(copy)));
  }

  /** Opens ARGB pixels. */
  @JSExport
  public static String openPixels(int width, int height, Int32Array argb) {
    int[] copy = argb.copyToJavaArray();
    return answer(json -> describe(json, SESSION.openPixels(width, height, copy)));
  }

  /** The pixels of the open image in sRGB, as ARGB. */
  @JSExport
  public static Int32Array imagePixels() throws IOException {
    OpenImage image = SESSION.image();
    return shown(image.toArgb(), image);
  }

  /** Colours of an image in sRGB. */
  private static Int32Array shown(int[] argb, OpenImage image) {
    IccProfile profile = image.profile();
    if (profile != null) {
      profile.toSrgb(argb);
    }
    return Int32Array.copyFromJavaArray(argb);
  }

  /**
   * Quantises the open image.
   *
   * @param metric null for the default, as the next two
   * @param keep ARGB of colours to keep
   * @param palette ARGB of the palette to use; empty to compute one
   */
  @JSExport
  public static String quantize(
      int colors,
      @Nullable String metric,
      @Nullable String dither,
      @Nullable String effort,
      Int32Array keep,
      Int32Array palette,
      boolean scored,
      Progress progress) {
    int[] kept = keep.copyToJavaArray();
    int[] given = palette.copyToJavaArray();
    Palette fixed = given.length == 0 ? null : palette(given);
    return answer(
        json -> {
          Session.Request request =
              new Session.Request(colors, metric, dither, effort, list(kept), fixed, scored);
          Session.Result result = SESSION.quantize(request, to(progress));
          json.member("colors", result.image().palette().size());
          json.member("kept", result.kept());
          boolean profiled = result.original().profile() != null;
          json.member("converted", SESSION.image().profile() != null && !profiled);
          json.member("metric", result.metric().label());
          result.measures().addTo(json);
        });
  }

  /** Measures ARGB pixels in sRGB against the open image. */
  @JSExport
  public static String measure(Int32Array argb) {
    int[] copy = argb.copyToJavaArray();
    return answer(json -> SESSION.measure(copy).addTo(json));
  }

  /** The pixels of the result in sRGB, as ARGB. */
  @JSExport
  public static Int32Array resultPixels() throws IOException {
    Session.Result result = SESSION.result();
    return shown(result.image().toArgb(), result.original());
  }

  /** The entries of the result in sRGB, as ARGB. */
  @JSExport
  public static Int32Array resultPalette() throws IOException {
    Session.Result result = SESSION.result();
    return shown(result.image().palette().toArgb(), result.original());
  }

  /** Quantises and encodes without replacing the result. */
  @JSExport
  public static String point(
      int colors,
      @Nullable String metric,
      @Nullable String dither,
      @Nullable String effort,
      Int32Array keep,
      String method,
      boolean scored,
      Progress progress) {
    int[] kept = keep.copyToJavaArray();
    return answer(
        json -> {
          Session.Request request =
              new Session.Request(colors, metric, dither, effort, list(kept), null, scored);
          int[] length = new int[1];
          Session.Result result = SESSION.point(request, method, length, to(progress));
          json.member("colors", result.image().palette().size());
          json.member("bytes", length[0]);
          result.measures().addTo(json);
        });
  }

  /** Writes the result as {@code .kmq}; {@link #file} has it then. */
  @JSExport
  public static String encodeKmq(String method, Progress progress) {
    return answer(
        json -> {
          bytes = SESSION.encodeKmq(method, to(progress));
          json.member("bytes", bytes.length);
        });
  }

  /** Writes the result as indexed PNG; {@link #file} has it then. */
  @JSExport
  public static String encodePng() {
    return answer(
        json -> {
          bytes = SESSION.encodePng();
          json.member("bytes", bytes.length);
        });
  }

  /** The file that was written last; it is returned once. */
  @JSExport
  public static Int8Array file() {
    Int8Array file = Int8Array.copyFromJavaArray(bytes);
    bytes = new byte[0];
    return file;
  }

  private static DoubleConsumer to(Progress progress) {
    return progress::at;
  }

  private static List<Integer> list(int[] values) {
    List<Integer> list = new ArrayList<>();
    for (int value : values) {
      list.add(value);
    }
    return list;
  }

  private static Palette palette(int[] argb) {
    boolean opaque = true;
    for (int color : argb) {
      opaque &= color >>> 24 == 0xFF;
    }
    return opaque ? Palette.ofRgb(argb) : Palette.ofArgb(argb);
  }

  /** How many pixels have each entry of the result. */
  @JSExport
  public static Int32Array resultCounts() throws IOException {
    IndexedImage image = SESSION.result().image();
    int[] counts = new int[image.palette().size()];
    IndexPlane plane = image.plane();
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        counts[plane.get(x, y)]++;
      }
    }
    return Int32Array.copyFromJavaArray(counts);
  }

  private static void describe(Json json, OpenImage image) {
    int[] argb = image.toArgb();
    IccProfile profile = image.profile();
    DistinctColors distinct = DistinctColors.of(argb, Palette.MAX_SIZE);
    IndexedImage indexed = image.indexed();
    Header header = image.header();
    json.member("width", image.pixels().width())
        .member("height", image.pixels().height())
        .member("kind", image.kind())
        .member("alpha", distinct.alpha())
        .member("profile", profile == null ? null : profile.name())
        .member("converted", profile == null || profile.converts())
        .member("colors", distinct.count() < 0 ? Double.NaN : distinct.count())
        .member("palette", indexed == null ? Double.NaN : indexed.palette().size())
        .member("bytes", image.bytes());
    json.name("notes").open('[');
    for (String note : image.notes()) {
      json.value(note);
    }
    json.close(']');
    json.name("kmq");
    if (header == null) {
      json.value((String) null);
      return;
    }
    json.open('{').member("method", header.method().label());
    json.name("chunks").open('[');
    for (Chunk chunk : image.all()) {
      json.open('{').member("type", chunk.type()).member("length", chunk.length());
      if (chunk.type().equals(Chunk.TEXT)) {
        json.member("text", chunk.keyword() + ": " + chunk.text());
      }
      json.close('}');
    }
    json.close(']').close('}');
  }

  private static String answer(Call call) {
    Json json = new Json().open('{');
    try {
      call.run(json);
      return json.close('}').toString();
    } catch (KmqFormatException e) {
      String what = String.valueOf(e.getMessage());
      return failure(
          "The .kmq file cannot be read: " + what + ".",
          kind(e.reason().name()),
          what,
          "R" + e.reason().number() + " " + e.reason());
    } catch (EngineException e) {
      return failure(String.valueOf(e.getMessage()), e.kind(), e.what(), null);
    } catch (OptionException e) {
      return failure(
          "These options cannot be used: "
              + e.message(name -> name.equals("colors") ? "K" : name, method -> method)
              + ".",
          Kind.OPTION,
          null,
          null);
    } catch (UnreachableTargetException e) {
      return failure(
          "The image cannot meet the options: " + e.getMessage() + ".", Kind.OPTION, null, null);
    } catch (IOException e) {
      return failure("The file cannot be read: " + e.getMessage() + ".", Kind.DAMAGED, null, null);
    }
  }

  private static Kind kind(String reason) {
    if (reason.startsWith("LIMIT_")) {
      return Kind.TOO_LARGE;
    }
    return reason.startsWith("UNKNOWN_") || reason.equals("RESERVED_FLAGS")
        ? Kind.UNSUPPORTED
        : Kind.DAMAGED;
  }

  /**
   * A failure.
   *
   * @param what what is wrong with a file, as part of a sentence, or null
   */
  private static String failure(
      String message, Kind kind, @Nullable String what, @Nullable String reason) {
    Json json = new Json().open('{').name("failure").open('{');
    json.member("message", message).member("kind", kind.label());
    json.member("what", what).member("reason", reason);
    return json.close('}').close('}').toString();
  }
}
