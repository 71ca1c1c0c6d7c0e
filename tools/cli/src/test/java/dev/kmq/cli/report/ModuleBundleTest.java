package dev.kmq.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleBundleTest {
  private static String bundle(Map<String, String> modules) throws IOException {
    return ModuleBundle.of("a/main.js", path -> modules.getOrDefault(path, "missing " + path));
  }

  @Test
  void modulesFollowTheirImports() throws IOException {
    String script =
        bundle(
            Map.of(
                "a/main.js",
                """
                import { one, two as zwei } from "./b.js";
                import { C } from "../c/c.js";
                run();
                """,
                "a/b.js",
                """
                import {
                  C,
                } from "../c/c.js";
                export const one = 1;
                export function two() {}
                """,
                "c/c.js",
                "export class C {}\nexport { D };\nconst D = '$1 import';\n"));
    assertEquals(
        """
        // c/c.js
        const module0 = (() => {
        class C {}

        const D = '$1 import';
        return { D, C };
        })();

        // a/b.js
        const module1 = (() => {
        const {
          C,
        } = module0;
        const one = 1;
        function two() {}
        return { one, two };
        })();

        // a/main.js
        const module2 = (() => {
        const { one, two: zwei } = module1;
        const { C } = module0;
        run();
        return {  };
        })();

        """,
        script);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import x from \"./b.js\";",
        "import * as x from \"./b.js\";",
        "import \"./b.js\";",
        "export default 1;",
        "export { a } from \"./b.js\";",
        "export * from \"./b.js\";"
      })
  void otherFormsAreRefused(String line) {
    Exception refused =
        assertThrows(
            IllegalStateException.class, () -> bundle(Map.of("a/main.js", "run();\n" + line)));
    assertTrue(String.valueOf(refused.getMessage()).contains(line), refused.getMessage());
  }

  @Test
  void circlesAreRefused() {
    Map<String, String> circle =
        Map.of(
            "a/main.js", "import { a } from \"./b.js\";",
            "a/b.js", "import { b } from \"./main.js\";");
    assertThrows(IllegalStateException.class, () -> bundle(circle));
  }

  /** All modules of the page and the decoder, each once. */
  @Test
  void pageIsBundled() throws IOException {
    String script =
        ModuleBundle.of(
            "page/main.js",
            path -> {
              try (var in = ModuleBundle.class.getResourceAsStream(path)) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
              }
            });
    for (String module : new String[] {"page/png.js", "decoder/kmq.js", "decoder/mix.js"}) {
      assertEquals(2, script.split("// " + module + "\n", -1).length, module);
    }
    assertFalse(script.contains("</script"), "the script would end there");
  }
}
