package dev.narwhal.worker.war.descriptor;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;

/** What a deployment may ask of a class: its name, supertypes, members and their annotations, and nothing else of the class file. */
final class ClassOutline {

    private static final ClassTransform TRANSFORM = ClassTransform.dropping(ClassOutline::isDetail)
            .andThen(ClassTransform.transformingFields(FieldTransform.dropping(ClassOutline::isDetail)))
            .andThen(ClassTransform.transformingMethods(MethodTransform.dropping(ClassOutline::isDetail)));

    private ClassOutline() {}

    /** The same class, without code, generic signatures and annotations of types. It can be read, but not run. */
    static byte[] of(byte[] classFile) {
        var file = ClassFile.of();
        return file.transformClass(file.parse(classFile), TRANSFORM);
    }

    private static boolean isDetail(Object element) {
        return element instanceof CodeModel
                || element instanceof SignatureAttribute
                || element instanceof RuntimeVisibleTypeAnnotationsAttribute
                || element instanceof RuntimeInvisibleTypeAnnotationsAttribute
                || element instanceof RecordAttribute;
    }
}
