package dev.kmq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
  @ParameterizedTest
  @CsvSource({
    "a.png, a.png",
    "./a.png, a.png",
    "x//y/./a.png, x/y/a.png",
    "..a/b../...png, ..a/b../...png",
    "x\\a.png, x\\a.png",
    "AB:c.png, AB:c.png",
  })
  void namesThatStayInsideLoseEmptyAndDotParts(String name, String relative) throws FailedInput {
    assertEquals(relative, EntryName.relative(name, false));
    assertEquals(relative, EntryName.relative(name, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../a",
        "x/..",
        "x/../a",
        "/a",
        "//a/b",
        "\\a",
        "\\\\host\\a",
        "..\\a",
        "x\\..\\a",
        "x/..\\a",
        "C:/a",
        "c:\\a",
        "a\0b",
        "",
        ".",
        "./",
        "//"
      })
  void otherNamesAreRefusedOnEverySystem(String name) {
    assertThrows(FailedInput.class, () -> EntryName.relative(name, false));
    assertThrows(FailedInput.class, () -> EntryName.relative(name, true));
  }

  @Test
  void aLetterAndAColonAreADriveOnWindowsAlone() throws FailedInput {
    assertEquals("a:b.png", EntryName.relative("a:b.png", false));
    assertThrows(FailedInput.class, () -> EntryName.relative("a:b.png", true));
  }
}
