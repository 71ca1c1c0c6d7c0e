package dev.kmq.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program: where it is installed, its options, and where it answers. */
final class ChromiumProgram {
  private static final int SECONDS = 60;

  private ChromiumProgram() {}

  /** Starts it; without one the test is skipped, or fails in CI. */
  static Process start(Path profile) throws Exception {
    String program = find();
    if (program == null) {
      if (System.getenv("CI") != null) {
        fail("chromium is not on the path");
      }
      assumeTrue(false, "chromium is not on the path");
    }
    return new ProcessBuilder(
            String.valueOf(program),
            "--headless=new",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-features=Vulkan,OptimizationGuideOnDeviceModel,OnDeviceModelService",
            "--disable-quic",
            "--disable-software-rasterizer",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Waits for the address of its DevTools protocol. */
  static URI address(Process process, Path profile) throws Exception {
    Path port = profile.resolve("DevToolsActivePort");
    List<String> lines = List.of();
    for (int i = 0; i < SECONDS * 20 && lines.size() < 2 && process.isAlive(); i++) {
      Thread.sleep(50);
      lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
    }
    assertTrue(lines.size() >= 2, "chromium does not start");
    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  private static @Nullable String find() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
        if (Files.isExecutable(Path.of(folder, name))) {
          return Path.of(folder, name).toString();
        }
      }
    }
    return null;
  }
}
