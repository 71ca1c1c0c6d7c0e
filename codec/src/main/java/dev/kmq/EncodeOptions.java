package dev.kmq;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.util.List;
import java.util.Objects;

/** How a picture is encoded; immutable. */
public final class EncodeOptions {
  private final int colors;
  private final Method method;
  private final int tileWidth;
  private final int tileHeight;
  private final int threads;
  private final List<Chunk> chunks;

  private EncodeOptions(Builder builder) {
    this.colors = builder.colors;
    this.method = builder.method;
    this.tileWidth = builder.tileWidth;
    this.tileHeight = builder.tileHeight;
    this.threads = builder.threads;
    this.chunks = List.copyOf(builder.chunks);
  }

  /** A builder: 256 colours, packed, standard tiling, as many threads as processors, no chunks. */
  public static Builder builder() {
    return new Builder();
  }

  /** Most colours of the palette, K: 1 to 65536. A picture that has fewer keeps exactly those. */
  public int colors() {
    return colors;
  }

  /** How indices are stored. */
  public Method method() {
    return method;
  }

  /** Most threads in use at a time; the file never depends on it. */
  public int threads() {
    return threads;
  }

  /** Metadata that goes into the file. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** ICC exactly when an {@code iCCP} chunk is among {@link #chunks()}, else sRGB. */
  public ColorSpace colorSpace() {
    return chunks.stream().anyMatch(c -> c.type().equals(Chunk.ICCP))
        ? ColorSpace.ICC
        : ColorSpace.SRGB;
  }

  /** How a picture of this size is cut into tiles. */
  public Tiling tiling(int width, int height) {
    return tileWidth < 0
        ? Tiling.standard(width, height)
        : Tiling.of(width, height, tileWidth, tileHeight);
  }

  /** Collects options. */
  public static final class Builder {
    private int colors = 256;
    private Method method = Method.PACKED;
    private int tileWidth = -1;
    private int tileHeight = -1;
    private int threads = Runtime.getRuntime().availableProcessors();
    private List<Chunk> chunks = List.of();

    private Builder() {}

    /**
     * Sets {@link EncodeOptions#colors()}.
     *
     * @throws IllegalArgumentException if not 1 to 65536
     */
    public Builder colors(int value) {
      if (value < 1 || value > Palette.MAX_SIZE) {
        throw new IllegalArgumentException("colors is 1 to 65536, not " + value);
      }
      colors = value;
      return this;
    }

    /** Sets {@link EncodeOptions#method()}. */
    public Builder method(Method value) {
      method = Objects.requireNonNull(value, "method");
      return this;
    }

    /**
     * Sets the size of tiles.
     *
     * @param width a power of two from 16 to 262144, or 0 for the picture's width
     * @param height the same for the height
     * @throws IllegalArgumentException if a size is neither
     */
    public Builder tileSize(int width, int height) {
      Tiling checked = Tiling.of(1, 1, width, height);
      tileWidth = checked.widthCode() == 0 ? 0 : width;
      tileHeight = checked.heightCode() == 0 ? 0 : height;
      return this;
    }

    /**
     * Sets {@link EncodeOptions#threads()}.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("threads is at least 1, not " + value);
      }
      threads = value;
      return this;
    }

    /** Sets {@link EncodeOptions#chunks()}. */
    public Builder chunks(List<Chunk> value) {
      chunks = List.copyOf(value);
      return this;
    }

    /** The options collected so far. */
    public EncodeOptions build() {
      return new EncodeOptions(this);
    }
  }
}
