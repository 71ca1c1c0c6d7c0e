package dev.kmq;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Imports go one way: image to quantize to remap, image to index to palette to container, to
 * dev.kmq. {@code concurrent}, for threads, progress and cancellation, is below all of them; {@code
 * platform}, what Android lacks, knows none.
 */
@AnalyzeClasses(packages = "dev.kmq", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "dev.kmq";
  private static final String CONCURRENT = "dev.kmq.concurrent..";
  private static final String IMAGE = "dev.kmq.image..";
  private static final String PLATFORM = "dev.kmq.platform..";
  private static final String BYTES = "dev.kmq.bytes..";
  private static final String DEFLATE = "dev.kmq.deflate..";
  private static final String QUANTIZE = "dev.kmq.quantize..";
  private static final String REMAP = "dev.kmq.remap..";
  private static final String INDEX = "dev.kmq.index..";
  private static final String PALETTE = "dev.kmq.palette..";
  private static final String CONTAINER = "dev.kmq.container..";

  /** Packages of java.base, and jspecify, whose annotations are not needed at run time. */
  private static final Set<String> BASE =
      ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  @ArchTest static final ArchRule bytesSeePlatform = among(BYTES, PLATFORM);

  @ArchTest static final ArchRule platformKnowsNobody = among(PLATFORM);

  @ArchTest static final ArchRule concurrentSeesPlatform = among(CONCURRENT, PLATFORM);

  @ArchTest static final ArchRule imageSeesBytes = among(IMAGE, BYTES);

  @ArchTest static final ArchRule quantizeSeesImage = among(QUANTIZE, IMAGE, CONCURRENT);

  @ArchTest
  static final ArchRule remapSeesQuantizeAndImage = among(REMAP, QUANTIZE, IMAGE, CONCURRENT);

  @ArchTest static final ArchRule deflateSeesBytes = among(DEFLATE, BYTES);

  @ArchTest static final ArchRule indexSeesImageAndDeflate = among(INDEX, IMAGE, DEFLATE, BYTES);

  @ArchTest static final ArchRule paletteSeesIndexAndImage = among(PALETTE, INDEX, IMAGE);

  @ArchTest
  static final ArchRule containerSeesPaletteIndexAndImage =
      among(CONTAINER, PALETTE, INDEX, IMAGE, CONCURRENT, BYTES);

  @ArchTest
  static final ArchRule nobodySeesTheEntryPoints =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest static final ArchRule packedIsOnItsOwn = method("packed");

  @ArchTest static final ArchRule deflateSeesPacked = method("deflate", "packed");

  @ArchTest static final ArchRule ransIsOnItsOwn = method("rans");

  @ArchTest static final ArchRule mixIsOnItsOwn = method("mix");

  @ArchTest
  static final ArchRule noCycles = slices().matching("dev.kmq.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule javaBaseIsEnough =
      classes()
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are ours, of java.base or annotations of jspecify",
                  c ->
                      c.isPrimitive()
                          || c.getBaseComponentType().isPrimitive()
                          || packageName(c).startsWith(ROOT)
                          || packageName(c).equals("org.jspecify.annotations")
                          || BASE.contains(packageName(c))));

  /** Digits of messages are ASCII in every locale. */
  @ArchTest
  static final ArchRule textsNameTheirLocale =
      noClasses()
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  private static String packageName(JavaClass type) {
    return type.getBaseComponentType().getPackageName();
  }

  /**
   * Classes of {@code from} use no classes of this project except those of {@code from} and these.
   */
  private static ArchRule among(String from, String... others) {
    String[] allowed = join(from, others);
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.kmq..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)));
  }

  /** An index method uses none of the other methods, except those named. */
  private static ArchRule method(String name, String... others) {
    String[] unseen =
        Set.of("packed", "deflate", "rans", "mix").stream()
            .filter(other -> !other.equals(name) && !Set.of(others).contains(other))
            .map(other -> "dev.kmq.index." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.kmq.index." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(unseen);
  }

  private static String[] join(String first, String... rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
