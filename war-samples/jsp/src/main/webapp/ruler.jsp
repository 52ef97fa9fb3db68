<%@ page contentType="text/plain;charset=UTF-8" %>
<%@ taglib prefix="arctic" uri="urn:narwhal:arctic" %>
<arctic:ruler metres="${param.metres}">|--${metre}--</arctic:ruler>| heading ${arctic:compass(param.degrees)}
