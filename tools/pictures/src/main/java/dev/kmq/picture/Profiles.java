package dev.kmq.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.imageio.IccProfile;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses ICC profiles; an unusable one is ignored with a warning. */
public final class Profiles {
  private Profiles() {}

  /** The profile of the palettes of a {@code .kmq} file; null if there is no usable one. */
  public static @Nullable IccProfile of(Header header, List<Chunk> chunks, List<String> warnings) {
    return usable(() -> IccProfile.of(header, chunks).orElse(null), warnings);
  }

  /** Parses a profile; null if it is unusable. */
  static @Nullable IccProfile of(byte[] data, List<String> warnings) {
    return usable(() -> IccProfile.of(data), warnings);
  }

  /** Parses a profile for samples of a type of colour space; null if it is unusable. */
  static @Nullable IccProfile of(byte[] data, int type, List<String> warnings) {
    return usable(() -> IccProfile.of(data).requireType(type), warnings);
  }

  private static @Nullable IccProfile usable(
      Supplier<@Nullable IccProfile> profile, List<String> warnings) {
    try {
      return profile.get();
    } catch (IllegalArgumentException e) {
      warnings.add(e.getMessage() + " and is ignored");
      return null;
    }
  }
}
