<%@ page contentType="text/plain;charset=UTF-8" %>
Pages ${pageContext.servletContext.effectiveMajorVersion}.${pageContext.servletContext.effectiveMinorVersion}, servlet ${pageContext.servletConfig.servletName}
