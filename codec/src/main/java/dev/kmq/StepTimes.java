package dev.kmq;

import dev.kmq.container.Method;

/**
 * Relative durations of the steps of encoding, so that progress is proportional to time: roughly
 * milliseconds for a photograph of one megapixel with 256 colours.
 */
record StepTimes(double counting, double clustering, double mapping, double writing) {
  static StepTimes of(EncodeOptions options) {
    double trials = options.target().isPresent() ? TargetSearch.maxTrials(options.colors()) : 1;
    // A file that was encoded to meet a target is kept.
    boolean encoded = options.target().orElse(null) instanceof Target.Bytes;
    return new StepTimes(
        90 / trials,
        clustering(options),
        mapping(options),
        encoded ? 1 : writing(options) / trials);
  }

  private static double clustering(EncodeOptions options) {
    if (options.palette() instanceof PaletteChoice.Given) {
      return 90;
    }
    return switch (options.effort()) {
      case FAST -> 300;
      case DEFAULT -> 1000;
      case BEST -> 8000;
    };
  }

  private static double mapping(EncodeOptions options) {
    double pixels =
        switch (options.dither()) {
          case NONE -> 45;
          case SPATIAL -> 3000;
          default -> 400;
        };
    if (!options.rdo().isPresent()) {
      return pixels;
    }
    return pixels + (options.methods().contains(Method.MIX) ? 23_000 : 5000);
  }

  private static double writing(EncodeOptions options) {
    double sum = 0;
    for (Method method : options.methods()) {
      sum +=
          switch (method) {
            case PACKED -> 10;
            case DEFLATE -> 1300;
            case RANS -> 200;
            case MIX -> 3000;
          };
    }
    return sum;
  }
}
