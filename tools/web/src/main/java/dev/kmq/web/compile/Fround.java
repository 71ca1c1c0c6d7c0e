package dev.kmq.web.compile;

import org.teavm.backend.javascript.rendering.Precedence;
import org.teavm.backend.javascript.spi.Injector;
import org.teavm.backend.javascript.spi.InjectorContext;
import org.teavm.model.MethodReference;

/** Writes {@code Floats.round} as a call of {@code Math.fround}. */
public final class Fround implements Injector {
  @Override
  public void generate(InjectorContext context, MethodReference method) {
    context.getWriter().append("Math.fround(");
    context.writeExpr(context.getArgument(0), Precedence.min());
    context.getWriter().append(')');
  }
}
