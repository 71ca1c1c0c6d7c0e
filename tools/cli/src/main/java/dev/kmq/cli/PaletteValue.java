package dev.kmq.cli;

import dev.kmq.colors.NamedPalette;
import dev.kmq.colors.PaletteFile;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import dev.kmq.file.StandardStreams;
import dev.kmq.image.Palette;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The palette that a value of an option names. */
final class PaletteValue {
  private PaletteValue() {}

  /**
   * The palette that an option names: a {@link NamedPalette}, or a file.
   *
   * @param inputs checked so that standard input is not used twice
   * @throws FailedInput with the name in the message
   */
  static Palette named(String option, String name, Terminal terminal, InputOptions inputs)
      throws IOException {
    Palette known = NamedPalette.of(name);
    if (known != null) {
      return known;
    }
    if (StandardStreams.isInput(name)
        && inputs.arguments.stream().anyMatch(StandardStreams::isInput)) {
      throw new UsageException(option + " and an input cannot both be standard input");
    }
    try (Input input = Inputs.one(name, terminal.in())) {
      Path file = input.path();
      if (file != null) {
        inputs.alsoRead(file);
      }
      List<String> warnings = new ArrayList<>();
      Palette read = PaletteFile.read(input, inputs.limits(), warnings);
      for (String warning : warnings) {
        terminal.err().println(Printable.line("kmq: " + name + ": warning: " + warning));
      }
      return read;
    } catch (IOException | InvalidPathException e) {
      String message = Failures.message(e);
      String start = name + ": ";
      String advice =
          e.getCause() instanceof NoSuchFileException
              ? "; 'kmq palette --list-palettes' lists the named palettes"
              : "";
      throw new FailedInput(
          "palette " + (message.startsWith(start) ? message : start + message) + advice, e);
    }
  }
}
