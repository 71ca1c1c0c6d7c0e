package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.Palette;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;

/** From metadata of any kind to what a file can hold of it. */
final class MetadataConversion {
  private MetadataConversion() {}

  /** What metadata says; null if it has neither the native nor the standard form. */
  static @Nullable PictureFacts facts(IIOMetadata metadata) {
    if (metadata instanceof KmqImageMetadata own) {
      return own.facts();
    }
    if (KmqImageMetadata.NATIVE_FORMAT.equals(metadata.getNativeMetadataFormatName())) {
      try {
        return NativeTree.merge(
            PictureFacts.NONE, metadata.getAsTree(KmqImageMetadata.NATIVE_FORMAT));
      } catch (IIOInvalidTreeException e) {
        return null;
      }
    }
    if (metadata.isStandardMetadataFormatSupported()) {
      String name = IIOMetadataFormatImpl.standardMetadataFormatName;
      return StandardMerge.mergeValid(PictureFacts.NONE, metadata.getAsTree(name));
    }
    return null;
  }

  /**
   * What will be written for images of a type.
   *
   * @param facts header and palette are replaced; unknown chunks stay if they are safe to copy
   * @param method null if it is not known before the picture is
   */
  static PictureFacts fitted(
      PictureFacts facts, @Nullable ImageTypeSpecifier type, @Nullable Method method) {
    List<Chunk> chunks = new ArrayList<>(facts.chunks());
    chunks.removeIf(chunk -> isUnknown(chunk) && !chunk.safeToCopy());
    Palette palette =
        type != null && type.getColorModel() instanceof IndexColorModel model
            ? ImageTypes.palette(model)
            : null;
    Chunk profile = facts.chunk(Chunk.ICCP);
    if (palette != null && profile != null) {
      Palette stored = WrittenPicture.inProfile(palette, facts, profile);
      palette = stored == null ? palette : stored;
    }
    return new PictureFacts(method, null, palette, chunks);
  }

  private static boolean isUnknown(Chunk chunk) {
    return switch (chunk.type()) {
      case Chunk.ICCP, Chunk.PHYS, Chunk.EXIF, Chunk.TEXT -> false;
      default -> true;
    };
  }
}
