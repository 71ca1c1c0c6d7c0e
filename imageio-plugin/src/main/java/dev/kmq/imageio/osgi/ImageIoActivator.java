package dev.kmq.imageio.osgi;

import dev.kmq.imageio.KmqImageReaderSpi;
import dev.kmq.imageio.KmqImageWriterSpi;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderWriterSpi;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Registers the plugin with ImageIO while its bundle is active: ImageIO searches the class path for
 * plugins and does not see bundles. Applications without OSGi never load this class.
 */
public final class ImageIoActivator implements BundleActivator {
  /** For the framework. */
  public ImageIoActivator() {}

  @Override
  public void start(BundleContext context) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    registry.registerServiceProvider(new KmqImageReaderSpi());
    registry.registerServiceProvider(new KmqImageWriterSpi());
  }

  /** Takes back the providers of this bundle, including those that a scan of ImageIO has found. */
  @Override
  public void stop(BundleContext context) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    for (Class<? extends ImageReaderWriterSpi> type :
        List.of(KmqImageReaderSpi.class, KmqImageWriterSpi.class)) {
      ImageReaderWriterSpi provider = registry.getServiceProviderByClass(type);
      if (provider != null) {
        registry.deregisterServiceProvider(provider);
      }
    }
  }
}
