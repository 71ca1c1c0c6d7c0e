package dev.kmq.cli.picture;

import dev.kmq.container.Chunk;
import dev.kmq.container.Header;
import dev.kmq.imageio.IccProfile;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Profiles that cannot be used are ignored with a warning; they are no reason to refuse a file. */
public final class Profiles {
  /** The warning of a profile that cannot be read. */
  static final String DAMAGED = "the ICC profile is damaged and is ignored";

  private Profiles() {}

  /** The profile of the palettes of a {@code .kmq} file; null if there is none that can be used. */
  public static @Nullable IccProfile of(Header header, List<Chunk> chunks, List<String> warnings) {
    return usable(() -> IccProfile.of(header, chunks).orElse(null), warnings);
  }

  /** The profile that bytes are, or null. */
  static @Nullable IccProfile of(byte[] data, List<String> warnings) {
    return usable(() -> IccProfile.of(data), warnings);
  }

  /** The profile that bytes are if it describes samples of a type of color space, or null. */
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
