<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<t:layout title="Sightings">
  <ol>
    <c:forEach var="sighting" items="${sightings}" varStatus="row">
      <li><c:out value="${sighting.place}" />: ${sighting.metres} m<c:if test="${sighting.tusk}">, with a tusk</c:if></li>
    </c:forEach>
  </ol>
</t:layout>
