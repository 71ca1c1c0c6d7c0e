package dev.kmq.web.compile;

import dev.kmq.web.jdk.Floats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.Program;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.CastNumberInstruction;
import org.teavm.model.instructions.FloatConstantInstruction;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.NumericOperandType;

/**
 * Rounds every result of type {@code float} in the codec's classes. The compiler computes them as
 * {@code double} in JavaScript, which would give other bytes than the JVM.
 */
final class FloatRounding implements ClassHolderTransformer {
  private static final MethodReference ROUND =
      new MethodReference(Floats.class, "round", float.class, float.class);

  @Override
  public void transformClass(ClassHolder holder, ClassHolderTransformerContext context) {
    if (!WebPlugin.isOurs(holder.getName())) {
      return;
    }
    for (MethodHolder method : holder.getMethods()) {
      if (method.hasProgram()) {
        transform(method.getProgram());
      }
    }
  }

  private static void transform(Program program) {
    for (BasicBlock block : program.getBasicBlocks()) {
      List<Instruction> instructions = new ArrayList<>();
      block.forEach(instructions::add);
      for (Instruction instruction : instructions) {
        round(program, instruction);
      }
    }
  }

  private static void round(Program program, Instruction instruction) {
    Variable result = result(instruction);
    if (result == null) {
      return;
    }
    Variable exact = program.createVariable();
    if (instruction instanceof BinaryInstruction binary) {
      binary.setReceiver(exact);
    } else if (instruction instanceof CastNumberInstruction cast) {
      cast.setReceiver(exact);
    } else if (instruction instanceof FloatConstantInstruction constant) {
      constant.setReceiver(exact);
    }
    InvokeInstruction rounding = new InvokeInstruction();
    rounding.setType(InvocationType.SPECIAL);
    rounding.setMethod(ROUND);
    rounding.setArguments(exact);
    rounding.setReceiver(result);
    rounding.setLocation(instruction.getLocation());
    instruction.insertNext(rounding);
  }

  /** The variable that gets a result to be rounded, or null. */
  private static @Nullable Variable result(Instruction instruction) {
    if (instruction instanceof BinaryInstruction binary) {
      boolean comparison =
          binary.getOperation() == BinaryOperation.COMPARE_GREATER
              || binary.getOperation() == BinaryOperation.COMPARE_LESS;
      return binary.getOperandType() == NumericOperandType.FLOAT && !comparison
          ? binary.getReceiver()
          : null;
    }
    if (instruction instanceof CastNumberInstruction cast) {
      return cast.getTargetType() == NumericOperandType.FLOAT ? cast.getReceiver() : null;
    }
    if (instruction instanceof FloatConstantInstruction constant) {
      float value = constant.getConstant();
      // It is written with the digits of a float, which are those of another double.
      return Double.parseDouble(Float.toString(value)) == value ? null : constant.getReceiver();
    }
    return null;
  }
}
