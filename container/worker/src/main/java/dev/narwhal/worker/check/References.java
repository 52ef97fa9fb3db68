package dev.narwhal.worker.check;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Which classes a class file refers to. */
final class References {

    private References() {}

    /** Every class that linking it may need. */
    static Set<String> linked(ClassModel model) {
        var names = new LinkedHashSet<String>();
        for (var entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) {
                add(type.asSymbol(), names::add);
            }
        }
        return names;
    }

    /** The same and what it declares: types of fields and parameters, annotations. Reflection stumbles over them. */
    static Set<String> all(ClassModel model) {
        var names = linked(model);
        model.fields().forEach(field -> add(field.fieldTypeSymbol(), names::add));
        for (var method : model.methods()) {
            var type = method.methodTypeSymbol();
            add(type.returnType(), names::add);
            type.parameterList().forEach(parameter -> add(parameter, names::add));
        }
        annotations(model).forEach(annotation -> names.add(annotation.name()));
        return names;
    }

    /**
     * An annotation and where it is.
     *
     * @param place {@code .orders}, {@code .init()}; empty for the class
     */
    record Annotated(String name, String place) {}

    static List<Annotated> annotations(ClassModel model) {
        var all = new ArrayList<>(annotations(model, ""));
        for (FieldModel field : model.fields()) {
            all.addAll(annotations(field, "." + field.fieldName().stringValue()));
        }
        for (MethodModel method : model.methods()) {
            all.addAll(annotations(method, "." + method.methodName().stringValue() + "()"));
        }
        return all;
    }

    private static List<Annotated> annotations(AttributedElement element, String place) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .map(Annotation::classSymbol)
                .map(type -> new Annotated(name(type), place))
                .toList();
    }

    private static void add(ClassDesc type, Consumer<String> names) {
        var element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        if (element.isClassOrInterface()) {
            names.accept(name(element));
        }
    }

    /** With dots, as {@link Class#getName}. */
    static String name(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
                : descriptor;
    }
}
