package dev.kmq.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page of the documentation in the current folder, in a process of its own,
 * and compares what they print with the block of text that follows. Commands with pipes run in a
 * shell. {@code kmq} and {@code tools/kmq} are the same; the other commands that a page may have
 * are checked by {@code tools/site}.
 */
final class PageCommands {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");

  private static final Pattern PROGRAM = Pattern.compile("^(tools/)?kmq ");
  private static final Pattern ELSEWHERE = Pattern.compile("^(\\./mvnw|python3) ");

  private int commands;
  private int outputs;

  private PageCommands() {}

  /**
   * Prints how many commands and outputs were right.
   *
   * @param args the page
   */
  public static void main(String[] args) throws Exception {
    PageCommands page = new PageCommands();
    page.run(Files.readString(Path.of(args[0])));
    System.out.println(page.commands + " commands, " + page.outputs + " outputs");
  }

  private void run(String page) throws IOException, InterruptedException {
    String printed = "";
    for (Matcher block = BLOCK.matcher(page); block.find(); ) {
      if (block.group(1).equals("sh")) {
        printed = runAll(block.group(2));
      } else if (block.group(1).equals("text")) {
        outputs++;
        if (!masked(printed).equals(masked(block.group(2)))) {
          throw new AssertionError("the page has\n" + block.group(2) + "instead of\n" + printed);
        }
      }
    }
  }

  private String runAll(String block) throws IOException, InterruptedException {
    StringBuilder printed = new StringBuilder();
    for (String line : block.split("\\n", -1)) {
      String command = line.replaceAll("\\s+#.*", "").strip();
      if (command.isEmpty() || ELSEWHERE.matcher(command).find()) {
        continue;
      }
      Matcher program = PROGRAM.matcher(command);
      if (!program.find()) {
        throw new AssertionError("not a command of kmq: " + command);
      }
      commands++;
      String words = command.substring(program.end());
      if (words.startsWith("view ") && !words.contains(" --as ")) {
        words += " --as blocks"; // there is no terminal
      }
      printed.append(command.matches(".*[<>|].*") ? inShell(command) : here(command, words));
    }
    return printed.toString();
  }

  private static String here(String command, String words) {
    CommandTest.Run run = CommandTest.kmq((Object[]) words(words));
    if (run.exit() != ExitCodes.DONE) {
      throw new AssertionError(command + ": " + run.err());
    }
    return run.out();
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    for (Matcher word = Pattern.compile("'([^']*)'|\\S+").matcher(line); word.find(); ) {
      words.add(word.group(1) == null ? word.group() : word.group(1));
    }
    return words.toArray(new String[0]);
  }

  private String inShell(String command) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String function =
        "set -e; kmq() { \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\" dev.kmq.cli.KmqCommand"
            + " \"$@\"; }; ";
    String script = function + PROGRAM.matcher(command).replaceFirst("kmq ");
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
    shell.environment().put("JAVA", java);
    shell.environment().put("CP", System.getProperty("java.class.path"));
    Process process = shell.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != ExitCodes.DONE) {
      throw new AssertionError(command + ": " + printed);
    }
    return printed;
  }

  /** Without times, the last column of the table of {@code sweep}. */
  private static String masked(String text) {
    return text.replaceAll("(?m)^( +\\d{1,6} .{60,90}?) +\\d+$", "$1 #");
  }
}
