package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Shared by tests of formats: reads bytes as the command does, and returns pixels. */
final class Reading {
  private Reading() {}

  static Picture read(byte[] file) throws IOException {
    return read(file, MetadataPolicy.COLOR);
  }

  static Picture read(byte[] file, MetadataPolicy policy) throws IOException {
    Inputs.Selection all = new Inputs.Selection(false, Set.of(), List.of(), List.of());
    try (Inputs inputs = Inputs.find(List.of("-"), new ByteArrayInputStream(file), all)) {
      Input input = Objects.requireNonNull(inputs.found().get(0).input());
      return new PictureReader(Limits.defaults(), policy, false, null).read(input);
    }
  }

  /** All pixels as ARGB, row by row. */
  static int[] argb(byte[] file) throws IOException {
    return argb(read(file));
  }

  static int[] argb(Picture picture) {
    int[] pixels = new int[picture.width() * picture.height()];
    picture.pixels().readRows(0, picture.height(), pixels);
    return pixels;
  }

  /** The message that refuses a file. */
  static String refusal(byte[] file) {
    return String.valueOf(assertThrows(FailedInput.class, () -> read(file)).getMessage());
  }

  static int grey(int level) {
    return 0xFF000000 | level * 0x010101;
  }
}
