package dev.kmq.imageio;

import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Texts of warnings in the languages that readers and writers offer. */
final class Messages {
  /** The profile of the file cannot be applied. */
  static final String PROFILE_NOT_APPLIED = "profileNotApplied";

  /** The Exif of the file cannot be read. */
  static final String EXIF_NOT_READ = "exifNotRead";

  /** The profile that the metadata asks for cannot be applied and is left out. */
  static final String PROFILE_NOT_WRITTEN = "profileNotWritten";

  /** Metadata of a foreign kind without the standard form is left out. */
  static final String METADATA_NOT_WRITTEN = "metadataNotWritten";

  /** Part of the standard form of foreign metadata is invalid and is left out. */
  static final String METADATA_PARTLY_WRITTEN = "metadataPartlyWritten";

  /** There is no room for thumbnails in the format. */
  static final String THUMBNAILS_NOT_WRITTEN = "thumbnailsNotWritten";

  /** The given palette lacks an entry of alpha 0, and the image has such pixels. */
  static final String NO_TRANSPARENT_ENTRY = "noTransparentEntry";

  /** The given palette lacks an entry of alpha 255, and the image has such pixels. */
  static final String NO_OPAQUE_ENTRY = "noOpaqueEntry";

  /** Alternative palettes of the metadata do not fit the image that is written. */
  static final String PALETTES_NOT_WRITTEN = "palettesNotWritten";

  private static final String BUNDLE = "dev.kmq.imageio.Messages";

  private Messages() {}

  static Locale[] locales() {
    return new Locale[] {Locale.ENGLISH, Locale.GERMAN};
  }

  /** A message in a language; null for the application's. */
  static String get(String key, @Nullable Locale locale) {
    Locale language = locale == null ? Locale.getDefault() : locale;
    return ResourceBundle.getBundle(BUNDLE, language).getString(key);
  }
}
