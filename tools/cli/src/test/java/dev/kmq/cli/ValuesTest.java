package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Values are read as people write them. */
class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "20000, 20000",
    "20k, 20000",
    "20K, 20000",
    "20kB, 20000",
    "20KB, 20000",
    "20 KB, 20000",
    "20kb, 20000",
    "20KiB, 20480",
    "20Ki, 20480",
    "1.5M, 1500000",
    "256Mi, 268435456",
    "2G, 2000000000",
    "100MPx, 100000000",
    "0.5k, 500",
    "512B, 512",
    "-3, -3",
    "0, 0",
    "9223372036854775807, 9223372036854775807",
  })
  void sizes(String text, long value) {
    assertEquals(value, new SizeValue().convert(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "k", "20x", "20kk", "1e3", "0x10", "1,5k", "20 k B", "--1", "1.", "NaN"})
  void otherSizesAreRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new SizeValue().convert(text));
  }

  @Test
  void sizesThatDoNotFitAreTooLarge() {
    String message =
        assertThrows(TypeConversionException.class, () -> new SizeValue().convert("9999999999G"))
            .getMessage();
    assertEquals("'9999999999G' is too large", message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "33221, 33 kB",
    "261099, 261 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "2816631, 2.8 MB",
    "9223372036854775807, 9223372 TB"
  })
  void printedSizes(long bytes, String text) {
    assertEquals(text, SizeValue.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"38, 38", "38dB, 38", "38 db, 38", "37.5DB, 37.5", "-1, -1"})
  void decibels(String text, double value) {
    assertEquals(value, new DecibelValue().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dB", "38d", "NaN", "1e2"})
  void otherDecibelsAreRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new DecibelValue().convert(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#fff|ffffffff",
        "#1A3|ff11aa33",
        "#f008|88ff0000",
        "#010203|ff010203",
        "010203|ff010203",
        "#01020380|80010203",
        "01020380|80010203",
        "white|ffffffff",
        "RebeccaPurple|ff663399",
        "darkslategrey|ff2f4f4f",
        "transparent|00000000",
        "rgb(255, 0, 128)|ffff0080",
        "rgb(255 0 128)|ffff0080",
        "rgb(100% 0% 50%)|ffff0080",
        "rgb(255 0 128 / 50%)|80ff0080",
        "rgba(255,0,128,.5)|80ff0080",
        "rgb(300 0 0)|ffff0000",
      })
  void colors(String text, String argb) {
    assertEquals((int) Long.parseLong(argb, 16), new ColorValue().convert(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "#", "#12", "#12345", "123", "reddish", "rgb(1,2)", "rgb(1 2 3", "#ggg"})
  void otherColorsAreRefused(String text) {
    TypeConversionException refused =
        assertThrows(TypeConversionException.class, () -> new ColorValue().convert(text));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("'" + text + "' is not a colour such as"), message);
  }

  @Test
  void backgroundsAreOpaque() {
    assertEquals(0xFFFFFFFF, new ColorValue.Opaque().convert("white"));
    assertThrows(
        TypeConversionException.class, () -> new ColorValue.Opaque().convert("transparent"));
  }
}
