package dev.kmq.bench;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes collections of images from a folder of photographs: {@code icons}, 4,000 crops of 64x64
 * pixels, and {@code photos}, each photograph in its eight turned and mirrored variants; and {@code
 * many}, 10,000 copies of an icon, to be listed. Arguments: the photographs and the folder of the
 * collections.
 */
public final class CollectionPictures {
  private static final int ICONS = 4000;
  private static final int ICON = 64;
  private static final int MANY = 10_000;

  private CollectionPictures() {}

  /** Writes the collections. */
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[1]);
    List<Path> photographs;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      photographs = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    Path icons = Files.createDirectories(out.resolve("icons"));
    Path photos = Files.createDirectories(out.resolve("photos"));
    Path many = Files.createDirectories(out.resolve("many"));
    for (int i = 0; i < photographs.size(); i++) {
      BufferedImage read = ImageIO.read(photographs.get(i).toFile());
      BufferedImage image =
          new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      image.createGraphics().drawImage(read, 0, 0, null);
      for (int n = i; n < ICONS; n += photographs.size()) {
        int x = (int) ((n * 7919L) % (image.getWidth() - ICON));
        int y = (int) ((n * 104_729L) % (image.getHeight() - ICON));
        write(image.getSubimage(x, y, ICON, ICON), icons, "icon-%04d", n);
      }
      for (int variant = 0; variant < 8; variant++) {
        write(turned(image, variant), photos, "photo-%03d", 8 * i + variant);
      }
    }
    byte[] icon = Files.readAllBytes(icons.resolve("icon-0000.png"));
    for (int i = 0; i < MANY; i++) {
      Files.write(many.resolve(String.format(Locale.ROOT, "%05d.png", i)), icon);
    }
  }

  private static void write(BufferedImage image, Path folder, String name, int number)
      throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, name, number) + ".png");
    ImageIO.write(image, "png", file.toFile());
  }

  private static BufferedImage turned(BufferedImage image, int variant) {
    double centre = Math.max(image.getWidth(), image.getHeight()) / 2.0;
    AffineTransform change = AffineTransform.getQuadrantRotateInstance(variant & 3, centre, centre);
    if (variant >= 4) {
      change.scale(-1, 1);
      change.translate(-2 * centre, 0);
    }
    AffineTransformOp op = new AffineTransformOp(change, AffineTransformOp.TYPE_NEAREST_NEIGHBOR);
    Rectangle2D bounds = op.getBounds2D(image);
    AffineTransform placed = AffineTransform.getTranslateInstance(-bounds.getX(), -bounds.getY());
    placed.concatenate(change);
    BufferedImage result =
        new BufferedImage(
            (int) bounds.getWidth(), (int) bounds.getHeight(), BufferedImage.TYPE_INT_RGB);
    return new AffineTransformOp(placed, AffineTransformOp.TYPE_NEAREST_NEIGHBOR)
        .filter(image, result);
  }
}
