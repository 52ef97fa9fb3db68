package dev.narwhal.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A method that Servlet 5 still had and Servlet 6 has not.
 *
 * @param home the type that it was declared in
 * @param name its name
 * @param descriptor its parameters and result
 */
record RemovedMethod(String home, String name, String descriptor) {

    /** The types of the API that had a method, and the interface that gives it back to what an application derives from them. */
    private record Family(String home, Set<String> members, String legacy, List<RemovedMethod> methods) {}

    private static final String SERVLET = "jakarta/servlet/";
    private static final String HTTP = SERVLET + "http/";
    private static final String PAGES = SERVLET + "jsp/";
    private static final String EL = "jakarta/el/";
    private static final String LEGACY = "dev/narwhal/legacy/";

    private static final String TEXT = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String ENUMERATION = "()Ljava/util/Enumeration;";

    private static final List<Family> FAMILIES = List.of(
            family(
                    HTTP + "HttpServletResponse",
                    Set.of(HTTP + "HttpServletResponse", HTTP + "HttpServletResponseWrapper"),
                    "LegacyHttpServletResponse",
                    "setStatus",
                    "(I" + TEXT + ")V",
                    "encodeUrl",
                    "(" + TEXT + ")" + TEXT,
                    "encodeRedirectUrl",
                    "(" + TEXT + ")" + TEXT),
            family(
                    HTTP + "HttpServletRequest",
                    Set.of(HTTP + "HttpServletRequest", HTTP + "HttpServletRequestWrapper"),
                    "LegacyHttpServletRequest",
                    "isRequestedSessionIdFromUrl",
                    "()Z"),
            family(
                    SERVLET + "ServletRequest",
                    Set.of(
                            SERVLET + "ServletRequest",
                            SERVLET + "ServletRequestWrapper",
                            HTTP + "HttpServletRequest",
                            HTTP + "HttpServletRequestWrapper"),
                    "LegacyServletRequest",
                    "getRealPath",
                    "(" + TEXT + ")" + TEXT),
            family(
                    HTTP + "HttpSession",
                    Set.of(HTTP + "HttpSession"),
                    "LegacyHttpSession",
                    "getSessionContext",
                    "()L" + HTTP + "HttpSessionContext;",
                    "getValue",
                    "(" + TEXT + ")" + OBJECT,
                    "getValueNames",
                    "()[" + TEXT,
                    "putValue",
                    "(" + TEXT + OBJECT + ")V",
                    "removeValue",
                    "(" + TEXT + ")V"),
            family(
                    SERVLET + "ServletContext",
                    Set.of(SERVLET + "ServletContext"),
                    "LegacyServletContext",
                    "getServlet",
                    "(" + TEXT + ")L" + SERVLET + "Servlet;",
                    "getServlets",
                    ENUMERATION,
                    "getServletNames",
                    ENUMERATION,
                    "log",
                    "(Ljava/lang/Exception;" + TEXT + ")V"),
            family(
                    SERVLET + "UnavailableException",
                    Set.of(SERVLET + "UnavailableException"),
                    "LegacyUnavailableException",
                    "getServlet",
                    "()L" + SERVLET + "Servlet;"),
            family(
                    PAGES + "JspException",
                    Set.of(PAGES + "JspException", PAGES + "JspTagException", PAGES + "SkipPageException"),
                    "LegacyJspException",
                    "getRootCause",
                    "()Ljava/lang/Throwable;"),
            family(
                    EL + "MethodExpression",
                    Set.of(EL + "MethodExpression"),
                    "LegacyMethodExpression",
                    "isParmetersProvided",
                    "()Z"),
            family(
                    EL + "ELResolver",
                    Set.of(
                            EL + "ELResolver",
                            EL + "ArrayELResolver",
                            EL + "BeanELResolver",
                            EL + "BeanNameELResolver",
                            EL + "CompositeELResolver",
                            EL + "ListELResolver",
                            EL + "MapELResolver",
                            EL + "ResourceBundleELResolver",
                            EL + "StaticFieldELResolver",
                            EL + "TypeConverter",
                            PAGES + "el/ImplicitObjectELResolver",
                            PAGES + "el/ScopedAttributeELResolver"),
                    "LegacyELResolver",
                    "getFeatureDescriptors",
                    "(L" + EL + "ELContext;" + OBJECT + ")Ljava/util/Iterator;"));

    private static final Map<String, RemovedMethod> BY_OWNER = FAMILIES.stream()
            .flatMap(family -> family.members().stream()
                    .flatMap(owner -> family.methods().stream()
                            .map(method -> Map.entry(key(owner, method.name(), method.descriptor()), method))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, List<String>> LEGACY_OF_MEMBER = FAMILIES.stream()
            .flatMap(family -> family.members().stream().map(member -> Map.entry(member, family.legacy())))
            .collect(Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));

    /** Names and descriptors by turns. */
    private static Family family(String home, Set<String> members, String legacy, String... methods) {
        var all = new ArrayList<RemovedMethod>();
        for (int i = 0; i < methods.length; i += 2) {
            all.add(new RemovedMethod(home, methods[i], methods[i + 1]));
        }
        return new Family(home, members, LEGACY + legacy, all);
    }

    private static String key(String owner, String name, String descriptor) {
        return owner + "." + name + descriptor;
    }

    /** What a class that refers to this method means, if it has been removed. */
    static Optional<RemovedMethod> of(String owner, String name, String descriptor) {
        return Optional.ofNullable(BY_OWNER.get(key(owner, name, descriptor)));
    }

    /** The interfaces that a class needs which extends or implements these types. */
    static List<String> legacyOf(List<String> supertypes) {
        return supertypes.stream()
                .map(type -> LEGACY_OF_MEMBER.getOrDefault(type, List.of()))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Whether its equivalents are apart, because they refer to APIs that an application may do without. */
    boolean isOfPages() {
        return home.startsWith(PAGES) || home.startsWith(EL);
    }

    /** The descriptor of a static method that has the object as its first parameter. */
    String staticDescriptor() {
        return "(L" + home + ";" + descriptor.substring(1);
    }
}
