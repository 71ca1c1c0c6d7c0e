package dev.kmq.picture;

/** What is kept of a file in addition to the pixels. */
public enum MetadataPolicy {
  /** Nothing; colours are converted to sRGB. */
  NONE,
  /** The colour profile, unless it is sRGB. */
  COLOR,
  /** Colour profile, resolution, text and Exif. */
  ALL
}
