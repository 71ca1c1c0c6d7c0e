package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.Kmq;
import dev.kmq.container.Method;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.converter.BufferedImageHttpMessageConverter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Spring Boot 3 and 4 with the recipe of {@code docs/java.md}, and without. */
final class SpringBootTest {
  private static final BufferedImage PICTURE =
      Pictures.noise(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), 4, 2);

  @TempDir Path folder;

  @Configuration
  @EnableAutoConfiguration
  static class Application {}

  @RestController
  static class Uploads {
    @PostMapping("/upload")
    String upload(@RequestParam("image") MultipartFile image) throws IOException {
      return hash(ImageIO.read(image.getInputStream()));
    }
  }

  @Configuration
  static class Unchanged {
    @Bean
    BufferedImageHttpMessageConverter images() {
      return new BufferedImageHttpMessageConverter();
    }
  }

  private static String hash(BufferedImage image) {
    int width = image.getWidth();
    return "pixels "
        + Arrays.hashCode(image.getRGB(0, 0, width, image.getHeight(), null, 0, width));
  }

  private record Server(HttpClient client, String address) {
    HttpResponse<byte[]> get(String path) throws Exception {
      return send(request(path).GET());
    }

    HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
      return post(path, "image/x-kmq", body);
    }

    HttpResponse<byte[]> upload(String path, byte[] file) throws Exception {
      String start =
          """
          --limit\r
          Content-Disposition: form-data; name="image"; filename="photo.kmq"\r
          Content-Type: image/x-kmq\r
          \r
          """;
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(start.getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(file);
      body.writeBytes("\r\n--limit--\r\n".getBytes(StandardCharsets.US_ASCII));
      return post(path, "multipart/form-data; boundary=limit", body.toByteArray());
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
      return send(
          request(path)
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(address + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private interface Checks {
    void on(Server server) throws Exception;
  }

  private static void run(
      Recipes recipes, List<String> properties, Checks checks, Class<?>... types) throws Exception {
    List<Class<?>> sources = new ArrayList<>(List.of(Application.class, Uploads.class));
    sources.addAll(List.of(types));
    SpringApplication application =
        new SpringApplication(
            new DefaultResourceLoader(recipes.loader()), sources.toArray(Class<?>[]::new));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=ERROR"));
    properties.forEach(property -> arguments.add("--" + property));
    try (ConfigurableApplicationContext context =
        application.run(arguments.toArray(String[]::new))) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      checks.on(new Server(HttpClient.newHttpClient(), "http://127.0.0.1:" + port));
    }
    // The end of an application deregisters no plugin of the JVM.
    assertTrue(ImageIO.getImageReadersByFormatName("kmq").hasNext());
  }

  private static String type(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("none");
  }

  @Test
  void theRecipeWorks() throws Exception {
    byte[] file = Pictures.write(PICTURE, null);
    try (Recipes recipes = new Recipes(folder, "Spring Boot and Spring MVC")) {
      addStaticFile(recipes, file);
      List<String> properties =
          recipes.page().block("Spring Boot and Spring MVC", "properties").lines().toList();
      run(
          recipes,
          properties,
          server -> {
            HttpResponse<byte[]> mirrored = server.post("/mirror", file);
            assertEquals(200, mirrored.statusCode());
            assertEquals("image/x-kmq", type(mirrored));
            assertMirrored(Pictures.read(mirrored.body()));
            assertEquals(
                Method.RANS, Kmq.readHeader(new ByteArrayInputStream(mirrored.body())).method());
            byte[] damaged = Arrays.copyOf(file, file.length - 1);
            assertEquals(400, server.post("/mirror", damaged).statusCode());
            assertEquals(400, server.post("/mirror", new byte[] {1, 2, 3}).statusCode());
            HttpResponse<byte[]> served = server.get("/map.kmq");
            assertEquals("image/x-kmq", type(served));
            assertArrayEquals(file, served.body());
          },
          recipes.type("ImageMessages"),
          recipes.type("ImageController"));
    }
  }

  private static void addStaticFile(Recipes recipes, byte[] file) throws Exception {
    Path folder = Files.createDirectories(recipes.classes().resolve("static"));
    Files.write(folder.resolve("map.kmq"), file);
  }

  private static void assertMirrored(BufferedImage image) {
    int[] row = new int[60];
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 60; x++) {
        row[59 - x] = PICTURE.getRGB(x, y);
      }
      assertArrayEquals(row, image.getRGB(0, y, 60, 1, null, 0, 60));
    }
  }

  /** What the page describes as not working; if this changes, so does the page. */
  @Test
  void onlyUploadsWorkWithoutIt() throws Exception {
    byte[] file = Pictures.write(PICTURE, null);
    try (Recipes recipes = new Recipes(folder, "Spring Boot and Spring MVC")) {
      addStaticFile(recipes, file);
      run(
          recipes,
          List.of(),
          server -> {
            String uploaded =
                new String(server.upload("/upload", file).body(), StandardCharsets.US_ASCII);
            assertEquals(hash(PICTURE), uploaded);
            assertEquals(415, server.post("/mirror", file).statusCode());
            assertTrue(type(server.get("/map.kmq")).contains("octet-stream"));
          },
          recipes.type("ImageController"));
    }
  }

  @Test
  void theUnchangedConverterRefusesTheCharset() throws Exception {
    byte[] file = Pictures.write(PICTURE, null);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(PICTURE, "png", png);
    try (Recipes recipes = new Recipes(folder, "Spring Boot and Spring MVC")) {
      Class<?> controller = recipes.type("ImageController");
      run(
          recipes,
          List.of(),
          server -> {
            assertEquals(415, server.post("/mirror", file).statusCode());
            assertEquals(415, server.post("/mirror", "image/png", png.toByteArray()).statusCode());
          },
          Unchanged.class,
          controller);
      run(
          recipes,
          List.of("server.servlet.encoding.enabled=false", "spring.servlet.encoding.enabled=false"),
          server -> assertMirrored(Pictures.read(server.post("/mirror", file).body())),
          Unchanged.class,
          controller);
    }
  }
}
