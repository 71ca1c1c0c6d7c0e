package dev.kmq.imageio;

import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.Palette;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.jspecify.annotations.Nullable;

/** Converts metadata of any kind to the part that a file can hold. */
final class MetadataConversion {
  private MetadataConversion() {}

  /**
   * The facts of metadata, with the palette only from the native format; null if it has neither the
   * native nor the standard form.
   *
   * @param refused receives the invalid parts of the standard form, which are left out
   */
  static @Nullable PictureFacts facts(
      IIOMetadata metadata, Consumer<IIOInvalidTreeException> refused) {
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
      return StandardMerge.mergeValid(PictureFacts.NONE, metadata.getAsTree(name), refused)
          .withPalette(null);
    }
    return null;
  }

  /**
   * The facts that will be written for images of a type.
   *
   * @param facts the header is replaced, and so is the palette if images of the type are indexed;
   *     unknown chunks stay if they are safe to copy
   * @param method null if it is not known before the image
   */
  static PictureFacts fitted(
      PictureFacts facts, @Nullable ImageTypeSpecifier type, @Nullable Method method) {
    List<Chunk> chunks = new ArrayList<>(facts.chunks());
    chunks.removeIf(chunk -> !isKnown(chunk.type()) && !chunk.safeToCopy());
    Palette palette =
        type != null && type.getColorModel() instanceof IndexColorModel model
            ? stored(KmqImages.palette(model), facts)
            : facts.palette();
    if (palette != null) {
      int size = palette.size();
      chunks.removeIf(c -> c.type().equals(Chunk.PALETTE) && c.palette().size() != size);
    }
    return new PictureFacts(method, null, palette, chunks);
  }

  private static Palette stored(Palette shown, PictureFacts facts) {
    Chunk profile = facts.chunk(Chunk.ICCP);
    Palette stored = profile == null ? shown : WrittenPicture.inProfile(shown, facts, profile);
    return stored == null ? shown : stored;
  }

  static boolean isKnown(String type) {
    return switch (type) {
      case Chunk.ICCP, Chunk.PHYS, Chunk.EXIF, Chunk.TEXT, Chunk.PALETTE -> true;
      default -> false;
    };
  }
}
