package dev.kmq.cli.picture;

/** What is kept besides the pixels. */
public enum MetadataPolicy {
  /** Nothing; colours are converted to sRGB. */
  NONE,
  /** The colour profile, unless it is sRGB anyway. */
  COLOR,
  /** Colour profile, resolution, texts and Exif. */
  ALL
}
