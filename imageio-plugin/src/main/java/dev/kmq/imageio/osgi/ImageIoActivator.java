package dev.kmq.imageio.osgi;

import dev.kmq.imageio.KmqRegistration;
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
    KmqRegistration.register();
  }

  /** Takes back the providers of this bundle, including those that a scan of ImageIO has found. */
  @Override
  public void stop(BundleContext context) {
    KmqRegistration.deregister();
  }
}
