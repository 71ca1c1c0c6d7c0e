import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/**
 * Renders the sample images beside it: {@code java Samples.java [FOLDER]}.
 *
 * <p>{@code landscape.jpg} is like a photograph: light that fades, haze, texture, grain. {@code
 * chart.png} is a drawing with few colours, which kmq keeps exactly.
 */
public final class Samples {
  private static final int WIDTH = 768;
  private static final int HEIGHT = 512;
  private static final int HORIZON = 300;

  private final int[][] lattice = new int[256][256];

  private Samples() {
    Random random = new Random(20);
    for (int[] row : lattice) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(256);
      }
    }
  }

  public static void main(String[] args) throws IOException {
    File folder = new File(args.length > 0 ? args[0] : ".");
    BufferedImage landscape = new Samples().landscape();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(0.9f);
    File file = new File(folder, "landscape.jpg");
    if (file.exists() && !file.delete()) {
      throw new IOException(file + " cannot be replaced");
    }
    try (FileImageOutputStream out = new FileImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(landscape, null, null), param);
    }
    ImageIO.write(chart(), "png", new File(folder, "chart.png"));
  }

  /** Value noise, smooth between the points of a lattice, -1 to 1. */
  private double noise(double x, double y) {
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    double fx = x - ix;
    double fy = y - iy;
    double sx = fx * fx * (3 - 2 * fx);
    double sy = fy * fy * (3 - 2 * fy);
    double top = at(ix, iy) + sx * (at(ix + 1, iy) - at(ix, iy));
    double low = at(ix, iy + 1) + sx * (at(ix + 1, iy + 1) - at(ix, iy + 1));
    return (top + sy * (low - top)) / 127.5 - 1;
  }

  private int at(int x, int y) {
    return lattice[y & 255][x & 255];
  }

  /** Noise of several octaves, each of half the size and weight. */
  private double clouds(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    for (int i = 0; i < octaves; i++) {
      sum += weight * noise(x, y);
      x = 2 * x + 17;
      y = 2 * y + 31;
      weight /= 2;
    }
    return sum;
  }

  private BufferedImage landscape() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Random grain = new Random(7);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double[] color = y < ridge(x, 3) ? sky(x, y) : ground(x, y);
        int rgb = 0;
        double speck = grain.nextGaussian() * 1.6;
        for (double channel : color) {
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, channel + speck + 0.5));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** Height of a chain of hills, 0 nearest to 3 farthest. */
  private double ridge(int x, int distance) {
    double rough = clouds(x / (90.0 + 40 * distance) + 9 * distance, 3.7 * distance, 6);
    return HORIZON + 70 - 38 * distance + (34 + 26 * distance) * rough;
  }

  private double[] sky(int x, int y) {
    double height = (double) y / HORIZON;
    double sun = Math.exp(-(sq(x - 560) + sq(y - 170)) / 16000.0);
    double cloud = Math.max(0, clouds(x / 170.0, y / 70.0 + 40, 6) + 0.12);
    double lit = 1.6 * cloud * (0.5 + 0.5 * height);
    double[] blue = mix(new double[] {52, 98, 170}, new double[] {232, 205, 178}, height);
    double[] cloudy = mix(blue, new double[] {250, 232, 214}, Math.min(0.9, 2 * lit));
    return mix(cloudy, new double[] {255, 240, 196}, 0.9 * sun);
  }

  private double[] ground(int x, int y) {
    for (int distance = 0; distance < 3; distance++) {
      if (y >= ridge(x, distance)) {
        return hill(x, y, distance);
      }
    }
    return hill(x, y, 3);
  }

  private double[] hill(int x, int y, int distance) {
    double size = 6.0 + 3 * distance;
    double trees = clouds(x / size, y / (0.6 * size), 4);
    double meadow = clouds(x / 120.0 + 5, y / 40.0, 4);
    double[] forest = {38 + 40 * trees, 62 + 46 * trees, 30 + 24 * trees};
    double[] grass = {132 + 60 * trees, 138 + 44 * trees, 58 + 30 * trees};
    double[] flowers = {196 + 50 * trees, 88 + 50 * trees, 92 + 40 * trees};
    double[] near = mix(forest, grass, Math.max(0, Math.min(1, 2.5 * meadow + 0.35)));
    if (distance == 0 && meadow > 0.18 && trees > 0.16) {
      near = flowers;
    }
    double haze = distance == 0 ? 0 : 0.22 + 0.2 * distance;
    return mix(near, new double[] {186, 190, 200}, haze);
  }

  private static double sq(double value) {
    return value * value;
  }

  private static double[] mix(double[] a, double[] b, double share) {
    double t = Math.max(0, Math.min(1, share));
    return new double[] {
      a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])
    };
  }

  /** Shapes without smoothed edges, so that there are just the colours that are drawn. */
  private static BufferedImage chart() {
    BufferedImage image = new BufferedImage(400, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 400, 240);
    g.setColor(new Color(0xD8DEE6));
    for (int y = 40; y <= 200; y += 40) {
      g.drawLine(30, y, 380, y);
    }
    int[] colors = {0x2B6CB0, 0x2F855A, 0xC05621, 0x97266D, 0xB7791F};
    int[] heights = {60, 120, 95, 150, 135};
    for (int i = 0; i < colors.length; i++) {
      g.setColor(new Color(colors[i]));
      g.fillRect(50 + 65 * i, 200 - heights[i], 40, heights[i]);
    }
    Path2D line = new Path2D.Double();
    line.moveTo(70, 150);
    for (int i = 1; i < heights.length; i++) {
      line.lineTo(70 + 65 * i, 190 - 0.8 * heights[i]);
    }
    g.setColor(new Color(0x1A202C));
    g.setStroke(new BasicStroke(2));
    g.draw(line);
    g.drawLine(30, 20, 30, 200);
    g.drawLine(30, 200, 380, 200);
    g.dispose();
    return image;
  }
}
