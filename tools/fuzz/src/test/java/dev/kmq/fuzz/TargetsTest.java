package dev.kmq.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeds, findings of fuzzing, and a few hundred mutations of them, always the same. */
class TargetsTest {
  private static final int CHANGES = 400;

  @ParameterizedTest
  @EnumSource
  void nothingEscapes(Target target) throws IOException {
    Path root = Path.of(System.getProperty("kmq.root"));
    List<byte[]> seeds = new Seeds(root).of(target);
    for (int i = 0; i < seeds.size(); i++) {
      run(target, seeds.get(i), "seed " + i);
    }
    Random random = new Random(7);
    for (int change = 0; change < CHANGES; change++) {
      byte[] data = changed(seeds.get(random.nextInt(seeds.size())), random);
      run(target, data, "change " + change);
    }
  }

  private static byte[] changed(byte[] seed, Random random) {
    byte[] data = seed.clone();
    for (int i = random.nextInt(3); i >= 0 && data.length > 0; i--) {
      int at = random.nextInt(data.length);
      switch (random.nextInt(4)) {
        case 0 -> data[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> data[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
        case 2 -> data = Arrays.copyOf(data, at);
        default -> {
          int from = random.nextInt(data.length);
          int length = Math.min(random.nextInt(32), data.length - Math.max(at, from));
          System.arraycopy(data, from, data, at, length);
        }
      }
    }
    return data;
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void run(Target target, byte[] data, String what) {
    try {
      target.run(data);
    } catch (Throwable e) {
      throw new AssertionError(target.label() + ", " + what, e);
    }
  }
}
