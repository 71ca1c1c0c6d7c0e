package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encdoe x|kmq: unknown command 'encdoe' (did you mean 'encode'?); one of: encode, ",
        "vew x|kmq: unknown command 'vew' (did you mean 'view'?); one of: ",
        "vers|kmq: unknown command 'vers'; one of: encode, ",
        "photo.png|kmq: unknown command 'photo.png'; did you mean 'kmq encode photo.png'?",
        "photo.kmq|kmq: unknown command 'photo.kmq'; did you mean 'kmq decode photo.kmq'?",
        "png|kmq: unknown command 'png'; one of: ",
        "-v|kmq: unknown option '-v'; most options follow a command, as in 'kmq encode -v'",
        "encode x --metod mix|kmq encode: unknown option '--metod' (did you mean '--method'?)",
        "encode x --metod=mix|kmq encode: unknown option '--metod=mix' (did you mean '--method'?)",
        "encode x --quality 80|kmq encode: unknown option '--quality'; use -k, or --target-psnr",
        "encode x --frobnicate|kmq encode: unknown option '--frobnicate'",
        "help encdoe|kmq: unknown command 'encdoe' (did you mean 'encode'?); one of: ",
      })
  void unknownNames(String arguments, String message) {
    CommandTest.Run run = CommandTest.kmq((Object[]) arguments.split(" ", -1));
    assertEquals(2, run.exit());
    assertTrue(run.err().startsWith(message), run.err());
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @Test
  void helpIsPlainWhereItIsNoTerminal() {
    assertFalse(CommandTest.kmq("-h").out().contains("\u001b"));
    assertTrue(
        CommandTest.kmqWith(new byte[0], true, "-h").out().contains("\u001b[1m"), "bold headings");
  }
}
