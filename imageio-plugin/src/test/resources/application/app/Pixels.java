package app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads the body by a plugin of this application, and answers with a hash and the media type. */
@WebServlet("/pixels")
public final class Pixels extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("kmq");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getClassLoader() == getClass().getClassLoader()) {
        try (ImageInputStream in = ImageIO.createImageInputStream(request.getInputStream())) {
          reader.setInput(in);
          BufferedImage image = reader.read(0);
          int width = image.getWidth();
          int[] argb = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
          String type = getServletContext().getMimeType("static/map.kmq");
          response.getWriter().print(Arrays.hashCode(argb) + " of type " + type);
        }
        return;
      }
    }
    response.getWriter().print("no reader");
  }
}
