package dev.kmq.web.compile;

import dev.kmq.web.jdk.Text;
import java.util.Locale;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;

/** Has the codec's classes format messages by {@link Text}. */
final class ShortMessages implements ClassHolderTransformer {
  private static final MethodReference FORMAT =
      new MethodReference(
          String.class, "format", Locale.class, String.class, Object[].class, String.class);
  private static final MethodReference FORMATTED =
      new MethodReference(String.class, "formatted", Object[].class, String.class);
  private static final MethodReference SHORT =
      new MethodReference(
          Text.class, "format", Locale.class, String.class, Object[].class, String.class);
  private static final MethodReference SHORT_FORMATTED =
      new MethodReference(Text.class, "formatted", String.class, Object[].class, String.class);

  @Override
  public void transformClass(ClassHolder holder, ClassHolderTransformerContext context) {
    if (!WebPlugin.isOurs(holder.getName())) {
      return;
    }
    for (MethodHolder method : holder.getMethods()) {
      if (!method.hasProgram()) {
        continue;
      }
      for (BasicBlock block : method.getProgram().getBasicBlocks()) {
        for (Instruction instruction : block) {
          if (instruction instanceof InvokeInstruction call) {
            replace(call);
          }
        }
      }
    }
  }

  private static void replace(InvokeInstruction call) {
    if (call.getMethod().equals(FORMAT)) {
      call.setMethod(SHORT);
    } else if (call.getMethod().equals(FORMATTED)) {
      call.setMethod(SHORT_FORMATTED);
      call.setArguments(call.getInstance(), call.getArguments().get(0));
      call.setInstance(null);
      call.setType(InvocationType.SPECIAL);
    }
  }
}
