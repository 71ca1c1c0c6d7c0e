package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Shells complete the words of the command by the scripts of {@code kmq completion}. */
@Timeout(180)
class CompletionTest extends CommandTest {
  private static final Set<String> DITHERING =
      Set.of("none", "floyd-steinberg", "spatial", "blue-noise", "bayer");

  /** Runs a program in the folder, where the completion script is in the file of its name. */
  private String run(String shell, String... command) throws Exception {
    if (System.getenv("CI") == null) {
      assumeTrue(isInstalled(shell), shell + " is not installed");
    }
    Run script = kmq("completion", shell);
    assertEquals(0, script.exit(), script.err());
    Files.write(folder.resolve("script"), script.bytes());
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    process.getOutputStream().close();
    assertEquals(0, process.waitFor(), Files.readString(out, StandardCharsets.ISO_8859_1));
    return Files.readString(out);
  }

  private static boolean isInstalled(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** The words that bash completes, where the last one is being typed. */
  private Set<String> bash(String... words) throws Exception {
    String line =
        "source ./script; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _kmq;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p kmq";
    List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", line, "bash", "kmq"));
    command.addAll(List.of(words));
    List<String> lines = run("bash", command.toArray(String[]::new)).lines().toList();
    assertEquals("complete -o default -F _kmq kmq", lines.get(lines.size() - 1));
    Set<String> completed = new TreeSet<>(lines.subList(0, lines.size() - 1));
    completed.remove("");
    return completed;
  }

  @Test
  void bashCompletesVerbsOptionsAndValues() throws Exception {
    assertEquals(Set.of("encode"), bash("enc"));
    assertTrue(bash("").containsAll(Set.of("encode", "decode", "check", "completion")));
    assertEquals(Set.of("--version"), bash("--v"));
    assertEquals(Set.of("--dither"), bash("encode", "--di"));
    assertEquals(Set.of("blue-noise"), bash("encode", "--dither", "bl"));
    assertEquals(Set.of("blue-noise"), bash("encode", "--dither", "=", "bl"));
    assertEquals(DITHERING, bash("encode", "--dither", "="));
    assertEquals(DITHERING, bash("sweep", "a.png", "--dither", ""));
    assertEquals(Set.of("bash"), bash("completion", "b"));
    assertEquals(Set.of("encode"), bash("help", "e"));
    // No words: bash completes file names, as the option "default" asks.
    assertEquals(Set.of(), bash("encode", ""));
    assertEquals(Set.of(), bash("encode", "-o", "a"));
    assertEquals(Set.of(), bash("decode", "--di"));
  }

  /** The words that fish completes. */
  private Set<String> fish(String typed) throws Exception {
    String line = "source script; complete -C \"$argv[1]\"";
    Set<String> words = new TreeSet<>();
    for (String found : run("fish", "fish", "--no-config", "-c", line, typed).split("\n", -1)) {
      words.add(found.replaceFirst("\t.*", ""));
    }
    words.remove("");
    return words;
  }

  @Test
  void fishCompletesVerbsOptionsAndValues() throws Exception {
    png("blot.png", quarters(2, 2));
    assertEquals(Set.of("encode"), fish("kmq enc"));
    assertEquals(Set.of("--dither"), fish("kmq encode --di"));
    assertEquals(Set.of("blue-noise"), fish("kmq encode --dither bl"));
    assertEquals(Set.of("--dither=blue-noise"), fish("kmq encode --dither=bl"));
    assertEquals(Set.of("bash"), fish("kmq completion b"));
    assertEquals(Set.of("blot.png"), fish("kmq encode bl"));
    assertEquals(Set.of("blot.png"), fish("kmq encode -o bl"));
    assertEquals(Set.of("blot.png"), fish("kmq encode --palette bl"));
    assertEquals(Set.of("bw", "bwr", "bwy", "bwyr"), fish("kmq encode --palette bw"));
  }

  /** The line after a tab in an interactive zsh, where Ctrl-T writes it to a file. */
  private String zsh(String typed) throws Exception {
    String line =
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./script'
        zpty -w shell 'show() { print -r -- "$BUFFER" >line.part; mv line.part line }'
        zpty -w shell 'zle -N show; bindkey "^T" show; : >ready'
        while [[ ! -f ready ]]; do sleep 0.02; done
        zpty -w -n shell "$1"$'\\t\\C-t'
        while [[ ! -f line ]]; do sleep 0.02; done
        cat line
        zpty -d shell
        rm -f line ready
        """;
    return run("zsh", "zsh", "-f", "-c", line, "zsh", typed).strip();
  }

  @Test
  void zshCompletesVerbsOptionsAndValues() throws Exception {
    png("blot.png", quarters(2, 2));
    assertEquals("kmq encode", zsh("kmq enc"));
    assertEquals("kmq encode --dither=", zsh("kmq encode --di"));
    assertEquals("kmq encode --dither blue-noise", zsh("kmq encode --dither bl"));
    assertEquals("kmq encode --dither=blue-noise", zsh("kmq encode --dither=bl"));
    assertEquals("kmq completion bash", zsh("kmq completion b"));
    assertEquals("kmq encode -f blot.png", zsh("kmq encode -f bl"));
    assertEquals("kmq encode -o blot.png", zsh("kmq encode -o bl"));
    assertEquals("kmq encode --palette blot.png", zsh("kmq encode --palette blo"));
    assertEquals("kmq encode --palette spectra6", zsh("kmq encode --palette spe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyVerbAndLongOptionIsInTheScript(String shell) {
    String script = kmq("completion", shell).out();
    CommandLine line = KmqCommand.commandLine(Terminal.ofProcess());
    for (CommandLine verb : line.getSubcommands().values()) {
      assertTrue(script.contains(verb.getCommandName()), verb.getCommandName());
      for (OptionSpec option : verb.getCommandSpec().options()) {
        String name = option.longestName();
        if (!option.hidden() && !option.versionHelp()) {
          String inFish = name.replaceFirst("^--", " -l ").replaceFirst("^-", " -s ") + " ";
          assertTrue(script.contains(shell.equals("fish") ? inFish : name), name);
        }
      }
    }
    assertFalse(script.contains("\t") || script.contains("\r"));
  }

  @Test
  void theCommandAcceptsEveryValueThatIsCompleted() {
    int found = 0;
    CommandLine line = KmqCommand.commandLine(Terminal.ofProcess());
    for (CommandLine verb : line.getSubcommands().values()) {
      for (ArgSpec argument : verb.getCommandSpec().args()) {
        for (String value : CompletionCommand.values(argument)) {
          found++;
          String[] words =
              argument instanceof OptionSpec option
                  ? new String[] {verb.getCommandName(), option.longestName(), value, "a", "b"}
                  : new String[] {verb.getCommandName(), value};
          KmqCommand.commandLine(Terminal.ofProcess()).parseArgs(words);
        }
      }
    }
    assertTrue(found > 50, found + " values");
  }
}
