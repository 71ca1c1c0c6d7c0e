package dev.kmq.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalKindTest {
  @ParameterizedTest
  @CsvSource({
    "ASCII, ''",
    "ASCII, TERM=dumb COLORTERM=truecolor",
    "ASCII, TERM=vt220",
    "ASCII, TERM=xterm-kitty NO_COLOR=1",
    "BLOCKS256, TERM=xterm NO_COLOR=",
    "BLOCKS256, TERM=xterm-256color",
    "BLOCKS, TERM=xterm-256color COLORTERM=truecolor",
    "BLOCKS, TERM=xterm-256color COLORTERM=24bit",
    "BLOCKS, TERM=xterm-256color WT_SESSION=x",
    "KITTY, TERM=xterm-kitty",
    "KITTY, TERM=xterm-256color KITTY_WINDOW_ID=1",
    "KITTY, TERM=xterm-ghostty",
    "KITTY, TERM=xterm-256color TERM_PROGRAM=ghostty",
    "BLOCKS, TERM=tmux-256color KITTY_WINDOW_ID=1 TMUX=x COLORTERM=truecolor",
    "BLOCKS256, TERM=screen KITTY_WINDOW_ID=1",
    "SIXEL, TERM=foot",
    "SIXEL, TERM=mlterm-256color",
    "SIXEL, TERM=xterm-256color TERM_PROGRAM=WezTerm",
    "SIXEL, TERM=xterm-256color TERM_PROGRAM=iTerm.app",
    "SIXEL, TERM=xterm-256color KONSOLE_VERSION=230804",
    "BLOCKS, TERM=xterm-256color KONSOLE_VERSION=211203 COLORTERM=truecolor"
  })
  void environmentDecides(TerminalImage expected, String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    assertEquals(expected, TerminalKind.best(environment));
  }
}
