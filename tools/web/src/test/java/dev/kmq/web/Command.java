package dev.kmq.web;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Header;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.image.Dither;
import dev.kmq.picture.IndexedPicture;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import dev.kmq.picture.PictureWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the command does with a file. */
public final class Command {
  private Command() {}

  /** Reads a file with the default options of {@code kmq encode}. */
  public static Picture read(byte[] file) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      return new PictureReader(Limits.defaults(), MetadataPolicy.COLOR, false, null).read(input);
    }
  }

  /** Quantises as {@code kmq encode -k K --dither DITHER}. */
  static IndexedPicture quantize(Picture picture, int colors, Dither dither) throws IOException {
    EncodeOptions options =
        EncodeOptions.builder()
            .palette(PaletteChoice.computed(colors))
            .dither(dither)
            .metric(IndexedPicture.metric(picture, null))
            .build();
    return IndexedPicture.of(picture, options, colors, 0, Work.onThreads(2));
  }

  /** Writes as {@code kmq encode --method METHOD}. */
  static byte[] kmq(Picture picture, IndexedPicture indexed, Method... methods) throws IOException {
    EncodeOptions.Builder options =
        EncodeOptions.builder().methods(methods).chunks(indexed.chunks());
    Header header = picture.header();
    if (header != null) {
      options.tileSize(header.tiling());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KmqEncoder(options.build()).write(indexed.image(), out);
    return out.toByteArray();
  }

  /** Writes as {@code kmq encode --format png}. */
  static byte[] png(IndexedPicture indexed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PictureWriter.write(indexed.image(), indexed.chunks(), "png", out);
    return out.toByteArray();
  }
}
