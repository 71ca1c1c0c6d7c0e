package dev.kmq.web.compile;

import org.teavm.backend.javascript.TeaVMJavaScriptHost;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/** Adds this package's transformers to the compiler. */
public final class WebPlugin implements TeaVMPlugin {
  @Override
  public void install(TeaVMHost host) {
    host.add(new ShortMessages());
    if (host.getExtension(TeaVMJavaScriptHost.class) != null) {
      host.add(new FloatRounding());
    }
  }

  static boolean isOurs(String className) {
    return className.startsWith("dev.kmq.");
  }
}
