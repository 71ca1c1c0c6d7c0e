package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kmq.file.Inputs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any failure of an input fails only that input. */
class FailuresTest extends CommandTest {
  private static final Map<String, Supplier<Throwable>> THROWN =
      Map.of(
          "stack", StackOverflowError::new,
          "link", () -> new NoClassDefFoundError("org/tukaani/xz/XZ"),
          "memory", () -> new OutOfMemoryError("Java heap space"),
          "wrapped", () -> new IIOException("Could not read", new OutOfMemoryError()),
          "null", NullPointerException::new,
          "assertion", () -> new AssertionError("no"));

  private static final Faulty FAULTY = new Faulty();

  @BeforeAll
  static void register() {
    IIORegistry.getDefaultInstance().registerServiceProvider(FAULTY);
  }

  @AfterAll
  static void deregister() {
    IIORegistry.getDefaultInstance().deregisterServiceProvider(FAULTY);
  }

  /** A reader that throws what a file names. */
  private static final class Faulty extends ImageReaderSpi {
    Faulty() {
      super(
          "test",
          "1",
          new String[] {"faulty"},
          new String[] {"faulty"},
          null,
          "dev.kmq.cli.FailuresTest",
          new Class<?>[] {ImageInputStream.class},
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
    }

    @Override
    public boolean canDecodeInput(Object source) throws IOException {
      if (!(source instanceof ImageInputStream in)) {
        return false;
      }
      in.mark();
      String line = in.readLine();
      in.reset();
      return line != null && line.startsWith("THROW ");
    }

    @Override
    public ImageReader createReaderInstance(@Nullable Object extension) {
      return new ImageReader(this) {
        private int fail() throws IOException {
          String line = ((ImageInputStream) getInput()).readLine();
          throw FailuresTest.<RuntimeException>sneaky(
              Objects.requireNonNull(THROWN.get(line.substring(6))).get());
        }

        @Override
        public int getNumImages(boolean search) {
          return 1;
        }

        @Override
        public int getWidth(int index) throws IOException {
          return fail();
        }

        @Override
        public int getHeight(int index) throws IOException {
          return fail();
        }

        @Override
        public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
          return List.<ImageTypeSpecifier>of().iterator();
        }

        @Override
        public @Nullable IIOMetadata getStreamMetadata() {
          return null;
        }

        @Override
        public @Nullable IIOMetadata getImageMetadata(int index) {
          return null;
        }

        @Override
        public java.awt.image.BufferedImage read(int index, @Nullable ImageReadParam param)
            throws IOException {
          fail();
          throw new IIOException("unreachable");
        }
      };
    }

    @Override
    public String getDescription(Locale locale) {
      return "throws";
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void errorsOfOneInputAreItsOwnInEveryVerb(String jobs) throws IOException {
    Path in = folder.resolve("in");
    png("in/a.png", quarters(4, 4));
    png("in/z.png", quarters(8, 8));
    for (String name : THROWN.keySet()) {
      Files.writeString(in.resolve(name + ".faulty"), "THROW " + name + "\n");
    }
    String all = "*.{faulty,png}";
    Run run =
        kmq(
            "encode",
            "-r",
            in,
            "--include",
            all,
            "--json",
            "-j",
            jobs,
            "--out-dir",
            folder.resolve("out"));
    assertFailures(run);
    assertEquals(8, run.json().size());
    assertTrue(files().containsAll(List.of("out/a.kmq", "out/z.kmq")), run.err());
    assertFailures(
        kmq("encode", "-r", in, "--include", all, "-j", jobs, "-o", folder.resolve("out.zip")));
    run = kmq("sweep", "-k", "2,3", "-r", in, "--include", all, "-j", jobs);
    assertFailures(run);
    assertTrue(run.out().contains("a.png") && run.out().contains("z.png"), run.out());
    run = kmq("palette", "-r", in, "--include", all, "-j", jobs);
    assertFailures(run);
    assertEquals(4, run.out().lines().count(), run.out());
  }

  private static void assertFailures(Run run) {
    assertEquals(1, run.exit(), run.err());
    assertEquals(THROWN.size(), run.err().lines().count(), run.err());
    for (String memory : List.of("memory", "wrapped")) {
      assertTrue(line(run, memory).contains("too large for the available memory"), run.err());
    }
    assertTrue(line(run, "stack").contains("nested too deeply"), run.err());
    assertTrue(line(run, "link").contains("a part of this program is missing"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  private static String line(Run run, String name) {
    return run.err().lines().filter(l -> l.contains(name + ".faulty")).findFirst().orElse("");
  }

  @Test
  void errorsOfKmqFilesAreTheirOwn() {
    for (Supplier<Throwable> thrown : THROWN.values()) {
      Throwable failure = thrown.get();
      Outcome<Record> outcome =
          Outcome.of(
              new Inputs.Found("x", null, failure),
              ProgressLine.none(Terminal.ofProcess()),
              job -> {
                throw new IllegalStateException("there is no input");
              });
      assertSame(failure, outcome.failure);
    }
  }

  @Test
  void messagesSayWhatIsWrong() {
    assertEquals(
        Failures.message(new OutOfMemoryError()),
        Failures.message(
            new dev.kmq.file.FailedInput(
                "damaged image: x", new IIOException("x", new OutOfMemoryError()))));
    assertTrue(Failures.message(new NoSuchFileException("a")).contains("a: no such file"));
    assertTrue(
        Failures.message(new InvalidPathException("a\0", "Nul character not allowed"))
            .contains("not a valid file name"));
    assertEquals("one two", Failures.message(new IOException("one\r\n  two")));
    Exception loop = new Exception("outer");
    loop.initCause(new Exception("inner", loop));
    assertTrue(Failures.message(loop).startsWith("unexpected failure"));
  }

  @Test
  void loopsAndDeadLinksAreFailuresOfTheirOwn() throws IOException {
    assumeTrue(File.separatorChar == '/', "links without a privilege");
    png("in/sub/a.png", quarters(4, 4));
    png("in/z.png", quarters(4, 4));
    Files.createSymbolicLink(folder.resolve("in/sub/up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("in/self.png"), Path.of("self.png"));
    Files.createSymbolicLink(folder.resolve("in/dead.png"), Path.of("nowhere.png"));
    Files.createSymbolicLink(folder.resolve("in/note"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("in/good.png"), Path.of("z.png"));
    for (String verb : List.of("encode", "sweep", "palette")) {
      Run run = kmq(verb, "-r", folder.resolve("in"), "-k", "2");
      assertEquals(1, run.exit());
      assertEquals(3, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("up: is a link to a folder that contains it"), run.err());
      assertTrue(run.err().contains("dead.png: is a broken link"), run.err());
    }
    assertTrue(files().containsAll(List.of("in/sub/a.kmq", "in/z.kmq", "in/good.kmq")));
    Run run = kmq("encode", folder.resolve("in/dead.png"), folder.resolve("in/none.png"));
    assertTrue(run.err().contains("none.png: no such file"), run.err());
    assertTrue(run.err().contains("dead.png: is a broken link"), run.err());
  }

  @Test
  void unreadableFoldersAreFailuresOfTheirOwn() throws IOException {
    assumeTrue(File.separatorChar == '/', "permissions");
    Path hidden = png("in/hidden/b.png", quarters(4, 4));
    png("in/z.png", quarters(4, 4));
    Path closed = folder.resolve("in/hidden");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(closed), "an administrator may read everything");
      Run run = kmq("encode", "-r", folder.resolve("in"), hidden);
      assertEquals(1, run.exit());
      assertEquals(2, run.err().lines().count(), run.err());
      assertTrue(run.err().lines().allMatch(l -> l.contains("permission denied")), run.err());
      run = kmq("encode", folder.resolve("in/z.png"), "-f", "-o", closed.resolve("x.kmq"));
      assertTrue(run.err().contains("permission denied"), run.err());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
    assertTrue(files().contains("in/z.kmq"));
  }

  @Test
  void outputsOfAnotherFormatAreRefused() throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    for (String name :
        List.of("x.jpg", "x.JPG", "x.webp", "x.avif", "x.gpl", "x.rar", "d.x/y.svg")) {
      Run run = kmq("encode", picture, "-o", folder.resolve(name));
      assertEquals(2, run.exit(), name);
      assertTrue(run.err().contains("encode writes .kmq and .png, not ."), run.err());
    }
    for (String name : List.of("x.kmq", "x.KMQ", "x", "x.bin", "png", "my.png.kmq")) {
      assertEquals(0, kmq("encode", "-f", picture, "-o", folder.resolve(name)).exit(), name);
    }
    Path file = folder.resolve("x.kmq");
    assertEquals(2, kmq("decode", file, "-o", folder.resolve("y.kmq")).exit());
    assertEquals(2, kmq("decode", file, "--format", "kmq").exit());
    assertEquals(2, kmq("palette", picture, "-o", folder.resolve("p.png")).exit());
    assertEquals(List.of("a.png", "my.png.kmq", "png", "x", "x.KMQ", "x.bin", "x.kmq"), files());
  }

  @Test
  void saysWhatOtherFilesAre() throws IOException {
    Path picture = png("form.png", quarters(4, 4));
    Path empty = Files.createFile(folder.resolve("empty.kmq"));
    Path text = Files.writeString(folder.resolve("text.kmq"), "a text without a format");
    for (String verb : List.of("decode", "info", "check")) {
      Run run = kmq(verb, picture, empty, text);
      assertEquals(1, run.exit());
      String[] lines = run.err().split("\n", -1);
      assertTrue(lines[0].endsWith("(it looks like PNG; 'kmq encode' reads it)"), run.err());
      assertTrue(lines[1].endsWith("empty.kmq: the file is empty"), run.err());
      assertTrue(lines[2].endsWith("text.kmq: not a .kmq file"), run.err());
    }
    assertEquals("NOT_KMQ", kmq("check", "--json", picture).json().get(0).get("reason").asText());
    Run run = kmq("encode", empty, "-o", folder.resolve("a.kmq"));
    assertTrue(run.err().contains("empty.kmq: the file is empty"), run.err());
  }

  @Test
  void decodeReportsFirstThatAFileIsNoKmq() throws IOException {
    Path picture = png("form.png", quarters(4, 4));
    Run run = kmq("decode", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("form.png: not a .kmq file (it looks like PNG; "), run.err());
    assertFalse(run.err().contains("exists"), run.err());
    assertEquals(0, kmq("encode", picture).exit());
    run = kmq("decode", folder.resolve("form.kmq"));
    assertTrue(run.err().contains("form.png exists"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encode --max-pixels -5",
        "encode --max-pixels 0",
        "encode --max-work 0",
        "info --max-work -1",
        "check --max-pixels -1",
        "decode --max-pixels -1",
        "sweep --max-pixels -1",
        "palette --max-pixels -1",
        "encode --jobs 0",
        "encode -j -3",
        "decode -j 0",
        "encode -k 0",
        "encode -k -1",
        "encode -k 65537",
        "palette -k 0",
        "encode --target-psnr -3",
        "encode --target-bytes -1",
        "encode --target-bytes 0",
        "encode --max-error -1",
        "encode --rdo -1 --method rans",
        "encode --max-decoding-cost 0 --method auto",
        "encode --tile -16x16",
        "decode --region -1,0,1,1",
        "encode --include [",
        "encode --exclude {a"
      })
  void valuesThatMeanNothingAreWrongUsage(String arguments) throws IOException {
    String verb = arguments.substring(0, arguments.indexOf(' '));
    Path picture = png("a.png", quarters(4, 4));
    assertEquals(0, kmq("encode", picture, "-f").exit());
    boolean pixels = List.of("encode", "sweep", "palette").contains(verb);
    Path input = pixels ? picture : folder.resolve("a.kmq");
    Run run = kmq((Object[]) (arguments + " -r \t" + input).split("[ \t]+"));
    assertEquals(2, run.exit(), run.err());
    assertFalse(run.err().contains("unexpected"), run.err());
  }

  @Test
  void foldersOfOutputsAreDistinguished() throws IOException {
    Path picture = png("a.png", quarters(4, 4));
    Run run = kmq("encode", picture, "--out-dir", picture);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("is a file") && !run.err().contains("--force"), run.err());
    run = kmq("encode", picture, "-o", folder.resolve("no/x.kmq"));
    assertTrue(run.err().contains("does not exist"), run.err());
  }

  @Test
  void oneEntryOfAnArchiveFailsAlone() throws IOException {
    Path zip = folder.resolve("n.zip");
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.UTF_8)) {
      for (String name : List.of("a\0b.png", "../up.png", "a.png", "a.bmp", "ok.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(png("t.png", quarters(4, 4))));
        out.closeEntry();
      }
    }
    Path other = png("other.png", quarters(4, 4));
    for (String jobs : List.of("1", "3")) {
      Run run = kmq("encode", "-f", zip, other, "-j", jobs, "--out-dir", folder.resolve("o"));
      assertEquals(1, run.exit());
      assertEquals(4, run.err().lines().count(), run.err());
      assertTrue(files().containsAll(List.of("o/ok.kmq", "o/other.kmq")), run.err());
      assertFalse(files().contains("o/a.kmq"));
    }
  }
}
