package dev.kmq.imageio;

import java.util.Locale;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Metadata of an image, as a tree of the native format {@value #NATIVE_FORMAT}, which {@link
 * KmqImageMetadataFormat} describes, or of the standard one.
 *
 * <p>A profile, the resolution, Exif, texts and unknown chunks are written as they are. Header and
 * palette describe the file that was read, or will be written: the writer takes them from the image
 * and the write param.
 *
 * <p>Merging replaces elements that can occur once, and adds texts and unknown chunks that are not
 * present yet. A tree that is refused changes nothing.
 */
public final class KmqImageMetadata extends IIOMetadata {
  /** Name of the native format. */
  public static final String NATIVE_FORMAT = "dev_kmq_image_1.0";

  static final String FORMAT_CLASS = "dev.kmq.imageio.KmqImageMetadataFormat";

  private PictureFacts facts;

  KmqImageMetadata(PictureFacts facts) {
    super(true, NATIVE_FORMAT, FORMAT_CLASS, null, null);
    this.facts = facts;
  }

  PictureFacts facts() {
    return facts;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  /**
   * A new tree of a format.
   *
   * @throws IllegalArgumentException if the name is that of neither the native nor the standard
   *     format
   */
  @Override
  public Node getAsTree(@Nullable String formatName) {
    return isNative(formatName) ? NativeTree.of(facts) : getStandardTree();
  }

  @Override
  public void mergeTree(@Nullable String formatName, @Nullable Node root)
      throws IIOInvalidTreeException {
    facts = merged(facts, formatName, root);
  }

  @Override
  public void setFromTree(@Nullable String formatName, @Nullable Node root)
      throws IIOInvalidTreeException {
    facts = merged(PictureFacts.NONE, formatName, root);
  }

  private static PictureFacts merged(
      PictureFacts facts, @Nullable String formatName, @Nullable Node root)
      throws IIOInvalidTreeException {
    boolean isNative = isNative(formatName);
    if (root == null) {
      throw new IllegalArgumentException("root is null");
    }
    return isNative ? NativeTree.merge(facts, root) : StandardMerge.merge(facts, root);
  }

  private static boolean isNative(@Nullable String formatName) {
    if (formatName == null) {
      throw new IllegalArgumentException("formatName is null");
    }
    if (formatName.equals(NATIVE_FORMAT)) {
      return true;
    }
    if (formatName.equals(IIOMetadataFormatImpl.standardMetadataFormatName)) {
      return false;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "formatName is %s or %s, not %s",
            NATIVE_FORMAT,
            IIOMetadataFormatImpl.standardMetadataFormatName,
            formatName));
  }

  /** Removes all metadata. */
  @Override
  public void reset() {
    facts = PictureFacts.NONE;
  }

  @Override
  protected IIOMetadataNode getStandardChromaNode() {
    return StandardTree.chroma(facts);
  }

  @Override
  protected IIOMetadataNode getStandardCompressionNode() {
    return StandardTree.compression(facts);
  }

  @Override
  protected IIOMetadataNode getStandardDataNode() {
    return StandardTree.data(facts);
  }

  @Override
  protected IIOMetadataNode getStandardDimensionNode() {
    return StandardTree.dimension(facts);
  }

  @Override
  protected IIOMetadataNode getStandardDocumentNode() {
    return StandardTree.document(facts);
  }

  @Override
  protected @Nullable IIOMetadataNode getStandardTextNode() {
    return StandardTree.text(facts);
  }

  @Override
  protected IIOMetadataNode getStandardTransparencyNode() {
    return StandardTree.transparency(facts);
  }
}
