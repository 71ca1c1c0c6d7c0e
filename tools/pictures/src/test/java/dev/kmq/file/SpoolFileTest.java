package dev.kmq.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.Test;

class SpoolFileTest {
  /** Other exceptions would be taken for damage of the image. */
  @Test
  void aFailureToWriteIsNotThatOfTheImage() throws IOException {
    FileChannel file = SpoolFile.open();
    file.close();
    FailedInput failure =
        assertThrows(
            FailedInput.class, () -> SpoolFile.write(file, ByteBuffer.allocate(9), 1L << 33));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("cannot write to a temporary file in "), message);
  }
}
