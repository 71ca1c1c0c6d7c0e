package dev.kmq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialRunsTest extends CommandTest {
  @Test
  void allRunsSucceedWithTheImagesOfTheInstallation() {
    Path start = Path.of(System.getProperty("kmq.root"), "tools/cli/start");
    List<String> images =
        List.of(start.resolve("photo.jpg").toString(), start.resolve("chart.png").toString());
    assertEquals(ExitCodes.DONE, TrialRuns.run(folder.toString(), images));
    for (String name : List.of("photo.kmq", "photo.png", "chart.kmq", "chart.png")) {
      assertTrue(Files.exists(folder.resolve(name)), name);
    }
    assertEquals(ExitCodes.FAILED, TrialRuns.run(folder.toString(), images), "outputs exist");
  }
}
