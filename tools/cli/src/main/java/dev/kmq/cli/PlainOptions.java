package dev.kmq.cli;

import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.picture.MetadataPolicy;

/**
 * Sets options by their names, as picocli does by their annotations; PlainArgumentsTest compares
 * both.
 */
final class PlainOptions {
  private PlainOptions() {}

  /**
   * Sets an option; false if there is none of that name.
   *
   * @param in the value
   */
  static boolean set(Object command, String name, PlainArguments in) {
    if (command instanceof EncodeCommand encode) {
      return encode(encode, name, in);
    }
    if (command instanceof DecodeCommand decode) {
      return decode(decode, name, in);
    }
    if (command instanceof InfoCommand info) {
      return info(info, name, in);
    }
    return command instanceof CheckCommand check && check(check, name, in);
  }

  private static boolean encode(EncodeCommand to, String name, PlainArguments in) {
    switch (name) {
      case "-k", "--colors" -> to.colors = in.integer();
      case "--format" -> to.format = in.text();
      case "--skip-if-larger" -> to.skipIfLarger = in.flag();
      default -> {
        return inputs(to.inputs, name, in)
            || outputs(to.outputs, name, in)
            || method(to.methods, name, in)
            || encoding(to.encoding, name, in)
            || target(to.targets, name, in)
            || entries(to.entries, name, in)
            || frames(to.frames, name, in)
            || jobs(to.jobs, name, in)
            || reports(to.reports, name, in);
      }
    }
    return true;
  }

  private static boolean decode(DecodeCommand to, String name, PlainArguments in) {
    switch (name) {
      case "--region" -> to.region = new DecodeCommand.Region.Converter().convert(in.text());
      case "--format" -> to.format = in.text();
      case "--metadata" -> to.metadata = in.oneOf(MetadataPolicy.values());
      case "--palette-name" -> to.paletteName = in.text();
      default -> {
        return inputs(to.inputs, name, in)
            || outputs(to.outputs, name, in)
            || jobs(to.jobs, name, in)
            || reports(to.reports, name, in);
      }
    }
    return true;
  }

  private static boolean info(InfoCommand to, String name, PlainArguments in) {
    switch (name) {
      case "--bits" -> to.bits = in.flag();
      case "--tiles" -> to.tiles = in.flag();
      default -> {
        return inputs(to.inputs, name, in) || reports(to.reports, name, in);
      }
    }
    return true;
  }

  private static boolean check(CheckCommand to, String name, PlainArguments in) {
    switch (name) {
      case "--salvage" -> to.salvage = in.text();
      case "-f", "--force" -> to.force = in.flag();
      default -> {
        return inputs(to.inputs, name, in) || reports(to.reports, name, in);
      }
    }
    return true;
  }

  private static boolean inputs(InputOptions to, String name, PlainArguments in) {
    switch (name) {
      case "-r", "--recursive" -> to.recursive = in.flag();
      case "--include" -> to.include.add(in.text());
      case "--exclude" -> to.exclude.add(in.text());
      case "--max-pixels" -> to.limits.maxPixels = new SizeValue().convert(in.text());
      case "--max-work" -> to.limits.maxWork = new SizeValue().convert(in.text());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean outputs(OutputOptions to, String name, PlainArguments in) {
    switch (name) {
      case "-o", "--output" -> to.file = in.text();
      case "--out-dir" -> to.folder = in.path();
      case "--keep-suffix" -> to.keepSuffix = in.flag();
      case "-f", "--force" -> to.force = in.flag();
      case "--name" -> to.template = in.text();
      case "--update" -> to.update = in.flag();
      case "--skip-existing" -> to.skipExisting = in.flag();
      case "--preserve" -> to.preserve = in.flag();
      case "--dry-run" -> to.dryRun = in.flag();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean method(MethodOption to, String name, PlainArguments in) {
    switch (name) {
      case "--method" -> to.method = new MethodName.Converter().convert(in.text());
      case "--small" -> to.small = in.flag();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean encoding(EncodingOptions to, String name, PlainArguments in) {
    switch (name) {
      case "--max-decoding-cost" -> to.maxDecodingCost = in.integer();
      case "--rdo" -> to.rdo = in.real();
      case "--tile" -> to.tile = new EncodingOptions.TileSize.Converter().convert(in.text());
      case "--alpha" -> to.transparency.alpha = in.oneOf(TransparencyOptions.Alpha.values());
      case "--background" ->
          to.transparency.background = new ColorValue.Opaque().convert(in.text());
      case "--metadata" -> to.source.metadata = in.oneOf(MetadataPolicy.values());
      case "--to-srgb" -> to.source.toSrgb = in.flag();
      case "--effort" -> to.quantize.effort = in.oneOf(Effort.values());
      case "--metric" -> to.quantize.metric = in.oneOf(Metric.values());
      case "--keep-color" -> to.quantize.keepColors.add(new ColorValue().convert(in.text()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean target(TargetOptions to, String name, PlainArguments in) {
    switch (name) {
      case "--dither" -> to.dither = new TargetOptions.DitherName().convert(in.text());
      case "--palette" -> to.palette = in.text();
      case "--target-psnr" -> to.targetPsnr = new DecibelValue().convert(in.text());
      case "--target-bytes" -> to.targetBytes = new SizeValue().convert(in.text());
      case "--max-error" -> to.maxError = in.real();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean entries(EntryOptions to, String name, PlainArguments in) {
    switch (name) {
      case "--drop-unused" -> to.dropUnused = in.flag();
      case "--transparent-index" -> to.transparentIndex = in.integer();
      case "--alt-palette" -> to.alternatives.add(in.text());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean frames(FrameOptions to, String name, PlainArguments in) {
    switch (name) {
      case "--all-frames" -> to.all = in.flag();
      case "--own-palettes" -> to.ownPalettes = in.flag();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean jobs(JobOptions to, String name, PlainArguments in) {
    switch (name) {
      case "-j", "--jobs" -> to.jobs = in.integer();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean reports(ReportOptions to, String name, PlainArguments in) {
    switch (name) {
      case "--json" -> to.json = in.flag();
      case "-q", "--quiet" -> to.quiet = in.flag();
      case "-v", "--verbose" -> to.verbose = in.flag();
      default -> {
        return false;
      }
    }
    return true;
  }
}
