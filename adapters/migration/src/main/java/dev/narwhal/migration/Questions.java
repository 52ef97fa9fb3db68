package dev.narwhal.migration;

import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.util.Map;
import java.util.TreeMap;

/** Notes what the migration of one library has asked about classes that may be in others. One thread. */
final class Questions implements ClassHierarchyResolver {

    private final Hierarchy hierarchy;
    private final Map<String, String> answers = new TreeMap<>();

    Questions(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    @Override
    public ClassHierarchyInfo getClassInfo(ClassDesc type) {
        var name = Hierarchy.internalName(type);
        answers.put(name, hierarchy.answer(name));
        return hierarchy.getClassInfo(type);
    }

    Map<String, String> answers() {
        return answers;
    }
}
