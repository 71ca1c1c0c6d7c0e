package app;

import java.io.FileInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** A framework of OSGi with three bundles; calls that of the application while others change. */
final class Host {
  private Host() {}

  /** Arguments: a folder for the framework, codec, plugin, application, and a file to write. */
  public static void main(String[] arguments) throws Exception {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of("org.osgi.framework.storage", arguments[0]));
    try {
      run(framework, arguments);
    } finally {
      // Its threads would keep the JVM after a failure.
      framework.stop();
      framework.waitForStop(0);
    }
  }

  private static void run(Framework framework, String[] arguments) throws Exception {
    framework.start();
    Bundle codec = install(framework, arguments[1]);
    Bundle plugin = install(framework, arguments[2]);
    Bundle application = install(framework, arguments[3]);
    application.start();
    call("installed", application, arguments[4]);
    plugin.start();
    call("started", application, arguments[4]);
    exports(codec);
    exports(plugin);
    plugin.stop();
    call("stopped", application, arguments[4]);
    plugin.start();
    call("restarted", application, arguments[4]);
    try (InputStream in = new FileInputStream(arguments[2])) {
      plugin.update(in);
    }
    call("updated", application, arguments[4]);
    plugin.uninstall();
    call("uninstalled", application, arguments[4]);
  }

  private static Bundle install(Framework framework, String jar) throws Exception {
    return framework.getBundleContext().installBundle("file:" + jar);
  }

  private static void call(String state, Bundle application, String file) throws Exception {
    String result;
    try {
      application
          .loadClass("app.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {file});
      result = "works";
    } catch (InvocationTargetException e) {
      result = e.getCause().getMessage();
    }
    System.out.println(state + ": " + providers() + " providers, " + result);
  }

  private static int providers() {
    int count = 0;
    for (Class<?> category : List.of(ImageReaderSpi.class, ImageWriterSpi.class)) {
      Iterator<?> providers = IIORegistry.getDefaultInstance().getServiceProviders(category, false);
      while (providers.hasNext()) {
        count += providers.next().getClass().getName().startsWith("dev.kmq.") ? 1 : 0;
      }
    }
    return count;
  }

  private static void exports(Bundle bundle) {
    bundle.adapt(BundleWiring.class).getCapabilities("osgi.wiring.package").stream()
        .map(BundleCapability::getAttributes)
        .map(package_ -> package_.get("osgi.wiring.package") + " " + package_.get("version"))
        .sorted()
        .forEach(exported -> System.out.println(bundle.getSymbolicName() + " exports " + exported));
  }
}
