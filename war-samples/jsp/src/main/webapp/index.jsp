<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="fn" uri="jakarta.tags.functions" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<c:set var="name" value="${empty param.name ? 'world' : param.name}" />
<% pageContext.setAttribute("worker", ProcessHandle.current().pid()); %>
<t:layout title="Pages">
  <p>Hello, ${fn:escapeXml(name)}! This page was rendered by worker <b>${worker}</b>.</p>
  <table>
    <tr><td><a href="?name=Ada">/?name=Ada</a></td><td>JSTL, a tag file and expressions</td></tr>
    <tr><td><a href="sightings">/sightings</a></td><td>a servlet and its view</td></tr>
    <tr><td><a href="ruler.jsp?metres=3&amp;degrees=135">/ruler.jsp?metres=3&amp;degrees=135</a></td><td>a tag and a function of the application</td></tr>
    <tr><td><a href="log.text">/log.text</a></td><td>a property group</td></tr>
    <tr><td><a href="about">/about</a></td><td>a page that is declared as a servlet</td></tr>
    <tr><td><a href="sightings?least=many">/sightings?least=many</a></td><td>an error page that is a page</td></tr>
    <tr><td><a href="broken.jsp">/broken.jsp</a></td><td>a page that cannot be compiled</td></tr>
  </table>
</t:layout>
