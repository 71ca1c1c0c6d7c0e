package dev.kmq.cli;

import dev.kmq.cli.docs.Documentation;
import dev.kmq.cli.docs.Documentation.Shells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the man pages and completion scripts that installations contain. */
public final class DocumentationFiles {
  private DocumentationFiles() {}

  /** Writes the folders {@code man} and {@code completions} into the folder of that name. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Documentation documentation =
        CompletionCommand.documentation(KmqCommand.commandLine(Terminal.ofProcess()));
    Version version = Version.ofBuild();
    Path man = Files.createDirectories(folder.resolve("man"));
    for (Map.Entry<String, String> page :
        documentation.manPages(version.number(), version.date()).entrySet()) {
      Files.writeString(man.resolve(page.getKey()), page.getValue());
    }
    Path completions = Files.createDirectories(folder.resolve("completions"));
    Files.writeString(completions.resolve("kmq.bash"), documentation.completion(Shells.BASH));
    Files.writeString(completions.resolve("_kmq"), documentation.completion(Shells.ZSH));
    Files.writeString(completions.resolve("kmq.fish"), documentation.completion(Shells.FISH));
  }
}
