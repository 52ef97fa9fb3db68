package dev.narwhal.worker.check;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads one method from its first instruction to its last and keeps track of what is on the stack and in local variables. Where branches meet,
 * the frames that the compiler left for the verifier say what is known; without them, as in class files of Java 5 and older, nothing is. It never
 * claims more than the class file says.
 */
final class Simulation {

    /** Told what the method does. */
    interface Observer {

        /**
         * A call.
         *
         * @param arguments the receiver, if there is one, and the arguments
         */
        void call(Place place, InvokeInstruction call, List<Value> arguments);

        /** An assignment to a static field. */
        void assigned(Place place, FieldInstruction field);
    }

    /**
     * Where something is done.
     *
     * @param line 0 if unknown
     */
    record Place(String className, String method, int line) {
        @Override
        public String toString() {
            return className + "." + method + (line > 0 ? ", line " + line : "");
        }
    }

    private static final Value ANYTHING = new Value.Unknown(1);

    private final String className;
    private final MethodModel method;
    private final Observer observer;
    private final Map<Label, StackMapFrameInfo> frames = new HashMap<>();
    private final Set<Label> targets = new HashSet<>();
    private final Map<Integer, Value> locals = new HashMap<>();
    private final Deque<Value> stack = new ArrayDeque<>();
    private int line;

    private Simulation(String className, MethodModel method, Observer observer) {
        this.className = className;
        this.method = method;
        this.observer = observer;
    }

    /** Reads a method; one without code does nothing. */
    static void run(String className, MethodModel method, Observer observer) {
        method.code().ifPresent(code -> new Simulation(className, method, observer).run(code));
    }

    private void run(CodeModel code) {
        code.findAttribute(Attributes.stackMapTable())
                .ifPresent(table -> table.entries().forEach(frame -> frames.put(frame.target(), frame)));
        code.forEach(this::findTargets);
        enter();
        for (var element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> meet(target.label());
                case Instruction instruction -> run(instruction);
                default -> {} // variables, attributes
            }
        }
    }

    private void findTargets(CodeElement element) {
        switch (element) {
            case BranchInstruction branch -> targets.add(branch.target());
            case TableSwitchInstruction table -> {
                targets.add(table.defaultTarget());
                table.cases().forEach(one -> targets.add(one.target()));
            }
            case LookupSwitchInstruction lookup -> {
                targets.add(lookup.defaultTarget());
                lookup.cases().forEach(one -> targets.add(one.target()));
            }
            case ExceptionCatch handler -> targets.add(handler.handler());
            default -> {} // goes on with the next one
        }
    }

    private void enter() {
        int slot = 0;
        if (!method.flags().has(AccessFlag.STATIC)) {
            locals.put(slot++, new Value.Instance(className, false));
        }
        for (var parameter : method.methodTypeSymbol().parameterList()) {
            locals.put(slot, declared(parameter));
            slot += TypeKind.from(parameter).slotSize();
        }
    }

    /** A label: of a variable's scope, or a place that is jumped to. */
    private void meet(Label label) {
        var frame = frames.get(label);
        if (frame == null) {
            if (targets.contains(label)) {
                locals.clear();
                stack.clear();
            }
            return;
        }
        locals.clear();
        stack.clear();
        int slot = 0;
        for (var local : frame.locals()) {
            var value = verified(local);
            locals.put(slot, value);
            slot += value.isWide() ? 2 : 1;
        }
        frame.stack().forEach(info -> stack.push(verified(info)));
    }

    private static Value verified(VerificationTypeInfo info) {
        return switch (info) {
            case ObjectVerificationTypeInfo object -> declared(object.classSymbol());
            case SimpleVerificationTypeInfo simple ->
                new Value.Unknown(
                        simple == SimpleVerificationTypeInfo.LONG || simple == SimpleVerificationTypeInfo.DOUBLE
                                ? 2
                                : 1);
            case StackMapFrameInfo.UninitializedVerificationTypeInfo _ -> ANYTHING;
        };
    }

    private static Value declared(ClassDesc type) {
        return type.isClassOrInterface()
                ? new Value.Instance(References.name(type), false)
                : new Value.Unknown(TypeKind.from(type).slotSize());
    }

    private Value pop() {
        return stack.isEmpty() ? ANYTHING : stack.pop();
    }

    private void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    private void push(TypeKind kind) {
        if (kind != TypeKind.VOID) {
            stack.push(new Value.Unknown(kind.slotSize()));
        }
    }

    private void run(Instruction instruction) {
        switch (instruction) {
            case ConstantInstruction constant -> constant(constant);
            case LoadInstruction load ->
                stack.push(Objects.requireNonNullElse(
                        locals.get(load.slot()),
                        new Value.Unknown(load.typeKind().slotSize())));
            case StoreInstruction store -> locals.put(store.slot(), pop());
            case NewObjectInstruction object ->
                stack.push(new Value.Instance(References.name(object.className().asSymbol()), true));
            case InvokeInstruction call -> call(call);
            case InvokeDynamicInstruction dynamic -> {
                pop(dynamic.typeSymbol().parameterCount());
                returned(dynamic.typeSymbol());
            }
            case FieldInstruction field -> field(field);
            case TypeCheckInstruction check -> check(check);
            case StackInstruction shuffle -> shuffle(shuffle.opcode());
            case OperatorInstruction operator -> operate(operator);
            case ConvertInstruction convert -> {
                pop();
                push(convert.toType());
            }
            case ArrayLoadInstruction load -> {
                pop(2);
                push(load.typeKind());
            }
            case ArrayStoreInstruction _ -> pop(3);
            case NewPrimitiveArrayInstruction _ -> replaceOne();
            case NewReferenceArrayInstruction _ -> replaceOne();
            case NewMultiArrayInstruction array -> {
                pop(array.dimensions());
                stack.push(ANYTHING);
            }
            case BranchInstruction branch -> pop(taken(branch.opcode()));
            case ReturnInstruction _ -> stack.clear();
            case ThrowInstruction _ -> stack.clear();
            case TableSwitchInstruction _ -> pop();
            case LookupSwitchInstruction _ -> pop();
            case MonitorInstruction _ -> pop();
            case IncrementInstruction _ -> {}
            case NopInstruction _ -> {}
            case DiscontinuedInstruction _ -> {
                locals.clear();
                stack.clear();
            }
        }
    }

    private void constant(ConstantInstruction constant) {
        if (constant.constantValue() instanceof String text) {
            stack.push(new Value.Text(text));
        } else {
            push(constant.typeKind());
        }
    }

    private void call(InvokeInstruction call) {
        var type = call.typeSymbol();
        int count = type.parameterCount() + (call.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
        var arguments = new ArrayDeque<Value>();
        for (int i = 0; i < count; i++) {
            arguments.addFirst(pop());
        }
        observer.call(place(), call, List.copyOf(arguments));
        returned(type);
    }

    private void returned(MethodTypeDesc type) {
        if (TypeKind.from(type.returnType()) != TypeKind.VOID) {
            stack.push(declared(type.returnType()));
        }
    }

    private Place place() {
        return new Place(className, method.methodName().stringValue(), line);
    }

    private void field(FieldInstruction field) {
        switch (field.opcode()) {
            case GETSTATIC ->
                stack.push(
                        field.typeSymbol().isClassOrInterface()
                                ? new Value.StaticField(
                                        References.name(field.owner().asSymbol()),
                                        field.name().stringValue(),
                                        References.name(field.typeSymbol()))
                                : declared(field.typeSymbol()));
            case PUTSTATIC -> {
                pop();
                observer.assigned(place(), field);
            }
            case GETFIELD -> {
                pop();
                stack.push(declared(field.typeSymbol()));
            }
            default -> pop(2); // PUTFIELD
        }
    }

    private void check(TypeCheckInstruction check) {
        var value = pop();
        if (check.opcode() == Opcode.INSTANCEOF) {
            stack.push(ANYTHING);
        } else {
            boolean known =
                    value instanceof Value.Text || (value instanceof Value.Instance(var _, boolean exact) && exact);
            stack.push(known ? value : declared(check.type().asSymbol()));
        }
    }

    private void replaceOne() {
        pop();
        stack.push(ANYTHING);
    }

    private void operate(OperatorInstruction operator) {
        var name = operator.opcode().name();
        boolean unary = name.endsWith("NEG") || operator.opcode() == Opcode.ARRAYLENGTH;
        pop(unary ? 1 : 2);
        boolean comparison = name.contains("CMP") || operator.opcode() == Opcode.ARRAYLENGTH;
        push(comparison ? TypeKind.INT : operator.typeKind());
    }

    /** How many values a branch looks at. */
    private static int taken(Opcode opcode) {
        return switch (opcode) {
            case GOTO, GOTO_W -> 0;
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> 2;
            default -> 1; // IFEQ, IFNULL and their like
        };
    }

    private void shuffle(Opcode opcode) {
        switch (opcode) {
            case POP -> pop();
            case POP2 -> {
                if (!pop().isWide()) {
                    pop();
                }
            }
            case SWAP -> {
                var first = pop();
                var second = pop();
                stack.push(first);
                stack.push(second);
            }
            case DUP -> duplicate(1, 0);
            case DUP_X1 -> duplicate(1, 1);
            case DUP_X2 -> duplicate(1, 2);
            case DUP2 -> duplicate(2, 0);
            case DUP2_X1 -> duplicate(2, 1);
            default -> duplicate(2, 2); // DUP2_X2
        }
    }

    /** Copies what is in the upper {@code places} below the next {@code skipped} ones. */
    private void duplicate(int places, int skipped) {
        var copied = take(places);
        var below = take(skipped);
        copied.forEach(stack::push);
        below.forEach(stack::push);
        copied.forEach(stack::push);
    }

    /** Takes so many places from the stack, the lowest value first. */
    private List<Value> take(int places) {
        var taken = new ArrayDeque<Value>();
        for (int i = 0; i < places; ) {
            var value = pop();
            taken.addFirst(value);
            i += value.isWide() ? 2 : 1;
        }
        return List.copyOf(taken);
    }
}
