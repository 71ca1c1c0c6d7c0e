package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPagesTest extends CommandTest {
  private static Map<String, String> pages() {
    return CompletionCommand.documentation(KmqCommand.commandLine(Terminal.ofProcess()))
        .manPages("1.2.3", "2026-01-02");
  }

  @Test
  void everyVerbHasAPageWithItsOptions() {
    Map<String, String> pages = pages();
    Set<String> expected = new TreeSet<>(Set.of("kmq.1"));
    CommandLine root = KmqCommand.commandLine(Terminal.ofProcess());
    for (CommandLine verb : root.getSubcommands().values()) {
      if (verb.getCommandSpec().helpCommand()) {
        continue;
      }
      String name = "kmq-" + verb.getCommandName();
      expected.add(name + ".1");
      String page = pages.getOrDefault(name + ".1", "");
      for (OptionSpec option : verb.getCommandSpec().options()) {
        if (!option.hidden() && !option.versionHelp()) {
          String term = "\\fB" + option.longestName().replace("-", "\\-") + "\\fR";
          assertTrue(page.contains(term), name + " " + term);
        }
      }
      assertTrue(pages.getOrDefault("kmq.1", "").contains(name.replace("-", "\\-") + " (1)"), name);
    }
    assertEquals(expected, new TreeSet<>(pages.keySet()));
    assertTrue(
        pages
            .getOrDefault("kmq-encode.1", "")
            .startsWith(".TH KMQ\\-ENCODE 1 \"2026-01-02\" \"kmq 1.2.3\""));
  }

  @Test
  void theFilesOfAnInstallation() throws IOException {
    DocumentationFiles.main(new String[] {folder.toString()});
    assertTrue(
        files()
            .containsAll(
                List.of(
                    "completions/_kmq",
                    "completions/kmq.bash",
                    "completions/kmq.fish",
                    "man/kmq-encode.1",
                    "man/kmq.1")),
        files().toString());
    assertEquals(
        kmq("completion", "zsh").out(), Files.readString(folder.resolve("completions/_kmq")));
  }

  @Test
  void groffFormatsThemWithoutWarnings() throws Exception {
    if (System.getenv("CI") == null) {
      assumeTrue(
          List.of(System.getenv("PATH").split(":", -1)).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, "groff"))),
          "groff is not installed");
    }
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Path file = Files.writeString(folder.resolve(page.getKey()), page.getValue());
      Path warnings = folder.resolve("warnings");
      Process groff =
          new ProcessBuilder("groff", "-ww", "-man", "-Kutf8", "-Tutf8", file.toString())
              .redirectError(warnings.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertEquals(0, groff.waitFor());
      assertEquals("", Files.readString(warnings), page.getKey());
    }
  }
}
