package dev.kmq.cli;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.KmqFormatException;
import dev.kmq.container.KmqReader;
import dev.kmq.container.RefusalReason;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Opens {@code .kmq} inputs; the message on an image of another format names the format. */
final class KmqInput {
  private KmqInput() {}

  /** Opens an input to read it from its start to its end. */
  static KmqReader stream(Input input, DecodeOptions options) throws IOException {
    try {
      return KmqReader.open(input.open(), options);
    } catch (KmqFormatException e) {
      throw named(input, e);
    }
  }

  /** Opens an input so that only the tiles that are needed are read, unless it is a pipe. */
  static KmqReader tiles(Input input, DecodeOptions options) throws IOException {
    SeekableByteChannel channel = input.channel();
    if (channel == null) {
      return stream(input, options);
    }
    try {
      return KmqReader.open(channel, options);
    } catch (KmqFormatException e) {
      throw named(input, e);
    }
  }

  private static IOException named(Input input, KmqFormatException refused) throws IOException {
    String format = refused.reason() == RefusalReason.NOT_KMQ ? PictureReader.format(input) : null;
    return format == null
        ? refused
        : new FailedInput(
            "not a .kmq file (it looks like " + format + "; 'kmq encode' reads it)", refused);
  }
}
