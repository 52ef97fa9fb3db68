<%@ page isErrorPage="true" contentType="text/plain;charset=UTF-8" %>
error page, status ${pageContext.errorData.statusCode}, ${pageContext.errorData.requestURI}
exception ${empty pageContext.exception ? 'none' : pageContext.exception.getClass().simpleName}
