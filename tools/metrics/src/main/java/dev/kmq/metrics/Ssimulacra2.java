package dev.kmq.metrics;

import dev.kmq.image.PixelSource;

/**
 * SSIMULACRA2, version 2.1, by Jon Sneyers (Cloudinary, 2023): how much an image differs from its
 * original to the eye, tuned to people's opinions of compressed images. Equal images score 100; at
 * 90 a viewer cannot distinguish the two at 1:1; 70 is high quality, 50 medium, 30 low, and values
 * below 0 are worse still.
 *
 * <p>At six scales from 1:1 to 1:32 and in three channels of XYB it computes three maps of errors:
 * structure, new edges, and lost edges. The means and 4-norms of the 54 maps have a weight each.
 * The definition is the reference program, <a
 * href="https://github.com/cloudinary/ssimulacra2">github.com/cloudinary/ssimulacra2</a>; its
 * constants are used, its code is not. The Gaussian filter of sigma 1.5 is D. Charalampidis's sum
 * of three truncated cosines (IEEE Trans. Signal Processing 64(14), 2016), which has nine taps. The
 * reference computes it recursively in {@code float}; this class computes it directly, with less
 * rounding error, and so scores up to 0.1 higher.
 */
public final class Ssimulacra2 {
  private static final int SCALES = 6;
  private static final float C2 = 0.0009f;

  /** Weights of the filter at distances 0 to 4. */
  static final float[] TAPS = {0.2646211f, 0.2129286f, 0.10933537f, 0.036011115f, 0.009414367f};

  /** Rows: light sensed by L, M and S cones. Columns: linear red, green, blue. */
  private static final float[][] CONES = {
    {0.30f, 1.0f - 0.078f - 0.30f, 0.078f},
    {0.23f, 1.0f - 0.078f - 0.23f, 0.078f},
    {0.24342269f, 0.20476745f, 1.0f - 0.24342269f - 0.20476745f}
  };

  private static final float BIAS = 0.0037930734f;
  private static final float BIAS_ROOT = (float) StrictMath.cbrt(BIAS);

  /** By map of errors: structure, new edges, lost edges; the norms of each follow. */
  private static final int MAPS = 3;

  private static final int SUMS = 2 * MAPS * LinearImage.CHANNELS;

  /** By channel X, Y, B; then by scale; then mean and 4-norm; then by map. */
  private static final double[] WEIGHTS = {
    // X
    0.0, 0.0007376606707406586, 0.0,
    0.0, 0.0007793481682867309, 0.0,
    0.0, 0.0004371155730107379, 0.0,
    1.1041726426657346, 0.00066284834129271, 0.00015231632783718752,
    0.0, 0.0016406437456599754, 0.0,
    1.8422455520539298, 11.441172603757666, 0.0,
    0.0007989109436015163, 0.000176816438078653, 0.0,
    1.8787594979546387, 10.94906990605142, 0.0,
    0.0007289346991508072, 0.9677937080626833, 0.0,
    0.00014003424285435884, 0.9981766977854967, 0.00031949755934435053,
    0.0004550992113792063, 0.0, 0.0,
    0.0013648766163243398, 0.0, 0.0,
    // Y
    0.0, 0.0, 0.0,
    7.466890328078848, 0.0, 17.445833984131262,
    0.0006235601634041466, 0.0, 0.0,
    6.683678146179332, 0.00037724407979611296, 1.027889937768264,
    225.20515300849274, 0.0, 0.0,
    19.213238186143016, 0.0011401524586618361, 0.001237755635509985,
    176.39317598450694, 0.0, 0.0,
    24.43300999870476, 0.28520802612117757, 0.0004485436923833408,
    0.0, 0.0, 0.0,
    34.77906344483772, 44.835625328877896, 0.0,
    0.0, 0.0, 0.0,
    0.0, 0.0, 0.0,
    // B - Y
    0.0, 0.0008680556573291698, 0.0,
    0.0, 0.0, 0.0,
    0.0, 0.0005313191874358747, 0.0,
    0.00016533814161379112, 0.0, 0.0,
    0.0, 0.0, 0.0,
    0.0004179171803251336, 0.0017290828234722833, 0.0,
    0.0020827005846636437, 0.0, 0.0,
    8.826982764996862, 23.19243343998926, 0.0,
    95.1080498811086, 0.9863978034400682, 0.9834382792465353,
    0.0012286405048278493, 171.2667255897307, 0.9807858872435379,
    0.0, 0.0, 0.0,
    0.0005130064588990679, 0.0, 0.00010854057858411537
  };

  private Ssimulacra2() {}

  /**
   * Scores an image.
   *
   * <p>Images with alpha are composited in 8-bit sRGB onto the greys 89 and 243, about a tenth and
   * nine tenths of the light of white, and the lower score counts. An image with a side below 8,
   * which the reference refuses, is extended to 8 by repeating its last column and row.
   *
   * @param threads the maximum number of threads; the score does not depend on it
   * @return at most 100
   * @throws IllegalArgumentException if the sizes differ or {@code threads} is below 1
   */
  public static double of(PixelSource original, PixelSource distorted, int threads) {
    return Backgrounds.score(
        original, distorted, (a, b, grey) -> onGrey(a, b, grey, threads), Math::min);
  }

  private static double onGrey(PixelSource a, PixelSource b, int grey, int threads) {
    Scales scales = new Scales(a, b, grey, SCALES, threads);
    double[][] norms = new double[SCALES][];
    int count = 0;
    do {
      double pixels = (double) scales.width() * scales.height();
      double[] sums = scales.sums(Ssimulacra2::band);
      for (int i = 0; i < SUMS; i += 2) {
        sums[i] /= pixels;
        sums[i + 1] = Math.sqrt(Math.sqrt(sums[i + 1] / pixels));
      }
      norms[count++] = sums;
    } while (scales.next());
    return score(norms, count);
  }

  /**
   * The weighted sum. Images too small for six scales use the weights in their order without a gap,
   * as the reference does.
   */
  private static double score(double[][] norms, int scales) {
    double sum = 0;
    int weight = 0;
    for (int c = 0; c < LinearImage.CHANNELS; c++) {
      for (int scale = 0; scale < scales; scale++) {
        for (int norm = 0; norm < 2; norm++) {
          for (int map = 0; map < MAPS; map++) {
            sum += WEIGHTS[weight++] * norms[scale][2 * (MAPS * c + map) + norm];
          }
        }
      }
    }
    sum *= 0.9562382616834844;
    sum =
        2.326765642916932 * sum
            - 0.020884521182843837 * sum * sum
            + 6.248496625763138e-05 * sum * sum * sum;
    return sum > 0 ? 100 - 10 * StrictMath.pow(sum, 0.6276336467831387) : 100;
  }

  private static double[] band(LinearImage a, LinearImage b, int from, int to) {
    return new Rows(a, b).sums(from, to);
  }

  /** Both images, row by row. */
  private static final class Rows {
    private final LinearImage a;
    private final LinearImage b;
    private final int width;
    private final Channel[] channels = new Channel[LinearImage.CHANNELS];
    private final float[][] xybA;
    private final float[][] xybB;

    Rows(LinearImage a, LinearImage b) {
      this.a = a;
      this.b = b;
      width = a.width();
      xybA = new float[LinearImage.CHANNELS][width];
      xybB = new float[LinearImage.CHANNELS][width];
      for (int c = 0; c < channels.length; c++) {
        channels[c] = new Channel(width, a.height());
      }
    }

    double[] sums(int from, int to) {
      double[] sums = new double[SUMS];
      int height = a.height();
      int radius = TAPS.length - 1;
      int last = Math.min(height, to + radius);
      int y = Math.max(0, from - radius);
      for (int next = from; next < to; next++) {
        for (; y < last && y <= next + radius; y++) {
          toXyb(a, y, xybA);
          toXyb(b, y, xybB);
          for (int c = 0; c < channels.length; c++) {
            channels[c].put(y, xybA[c], xybB[c]);
          }
        }
        for (int c = 0; c < channels.length; c++) {
          channels[c].add(next, sums, 2 * MAPS * c);
        }
      }
      return sums;
    }
  }

  /** XYB with all channels in the range of 0 to 1, and B less Y. */
  private static void toXyb(LinearImage image, int y, float[][] xyb) {
    float[] red = image.plane(0);
    float[] green = image.plane(1);
    float[] blue = image.plane(2);
    float[] outX = xyb[0];
    float[] outY = xyb[1];
    float[] outB = xyb[2];
    int start = image.start(y);
    for (int i = 0; i < outX.length; i++) {
      float r = red[start + i];
      float g = green[start + i];
      float b = blue[start + i];
      float l = cone(CONES[0], r, g, b);
      float m = cone(CONES[1], r, g, b);
      float s = cone(CONES[2], r, g, b);
      float luma = 0.5f * (l + m);
      outX[i] = 0.5f * (l - m) * 14 + 0.42f;
      outY[i] = luma + 0.01f;
      outB[i] = s - luma + 0.55f;
    }
  }

  private static float cone(float[] row, float r, float g, float b) {
    return CubeRoot.of(row[0] * r + row[1] * g + row[2] * b + BIAS) - BIAS_ROOT;
  }

  /** One channel of both images, row by row. */
  private static final class Channel {
    private final RowBlur meanA;
    private final RowBlur meanB;
    private final RowBlur squares;
    private final RowBlur product;
    private final float[][] latestA;
    private final float[][] latestB;
    private final float[] temporary;
    private final float[] blurredA;
    private final float[] blurredB;
    private final float[] blurredSquares;
    private final float[] blurredProduct;

    Channel(int width, int height) {
      meanA = new RowBlur(width, height, TAPS, RowBlur.Edge.ZERO);
      meanB = new RowBlur(width, height, TAPS, RowBlur.Edge.ZERO);
      squares = new RowBlur(width, height, TAPS, RowBlur.Edge.ZERO);
      product = new RowBlur(width, height, TAPS, RowBlur.Edge.ZERO);
      latestA = new float[TAPS.length][width];
      latestB = new float[TAPS.length][width];
      temporary = new float[width];
      blurredA = new float[width];
      blurredB = new float[width];
      blurredSquares = new float[width];
      blurredProduct = new float[width];
    }

    void put(int y, float[] a, float[] b) {
      System.arraycopy(a, 0, latestA[y % TAPS.length], 0, a.length);
      System.arraycopy(b, 0, latestB[y % TAPS.length], 0, b.length);
      meanA.put(y, a, 0);
      meanB.put(y, b, 0);
      for (int x = 0; x < temporary.length; x++) {
        temporary[x] = a[x] * a[x] + b[x] * b[x];
      }
      squares.put(y, temporary, 0);
      for (int x = 0; x < temporary.length; x++) {
        temporary[x] = a[x] * b[x];
      }
      product.put(y, temporary, 0);
    }

    /** Adds the errors of row y, and their fourth powers, to six sums. */
    void add(int y, double[] sums, int at) {
      meanA.get(y, blurredA);
      meanB.get(y, blurredB);
      squares.get(y, blurredSquares);
      product.get(y, blurredProduct);
      addStructure(sums, at);
      addEdges(latestA[y % TAPS.length], latestB[y % TAPS.length], sums, at + 2);
    }

    private void addStructure(double[] sums, int at) {
      double mean = 0;
      double fourth = 0;
      for (int x = 0; x < temporary.length; x++) {
        float ma = blurredA[x];
        float mb = blurredB[x];
        float difference = 1 - (ma - mb) * (ma - mb);
        float covariance = 2 * (blurredProduct[x] - ma * mb) + C2;
        float variance = blurredSquares[x] - (ma * ma + mb * mb) + C2;
        double error = Math.max(0, 1.0 - difference * covariance / variance);
        mean += error;
        fourth += error * error * (error * error);
      }
      sums[at] += mean;
      sums[at + 1] += fourth;
    }

    private void addEdges(float[] a, float[] b, double[] sums, int at) {
      double added = 0;
      double addedFourth = 0;
      double lost = 0;
      double lostFourth = 0;
      for (int x = 0; x < temporary.length; x++) {
        double edgeA = 1.0 + Math.abs(a[x] - blurredA[x]);
        double edgeB = 1.0 + Math.abs(b[x] - blurredB[x]);
        double error = edgeB / edgeA - 1;
        double fourth = error * error * (error * error);
        if (error > 0) {
          added += error;
          addedFourth += fourth;
        } else {
          lost -= error;
          lostFourth += fourth;
        }
      }
      sums[at] += added;
      sums[at + 1] += addedFourth;
      sums[at + 2] += lost;
      sums[at + 3] += lostFourth;
    }
  }
}
