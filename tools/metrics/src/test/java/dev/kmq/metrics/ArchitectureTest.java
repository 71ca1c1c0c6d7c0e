package dev.kmq.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The metrics see images and threads of the codec, and nothing else. */
@AnalyzeClasses(packages = "dev.kmq.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule imagesAndThreadsAreEnough =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.kmq.metrics",
              "dev.kmq.image",
              "dev.kmq.concurrent",
              "java.lang..",
              "java.util..",
              "org.jspecify.annotations",
              "");

  /** {@link Math} leaves these open, so their results may differ between machines. */
  @ArchTest
  static final ArchRule functionsAreExact =
      noClasses()
          .should()
          .callMethod(Math.class, "pow", double.class, double.class)
          .orShould()
          .callMethod(Math.class, "exp", double.class)
          .orShould()
          .callMethod(Math.class, "cbrt", double.class);
}
