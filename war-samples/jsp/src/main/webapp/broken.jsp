<%@ page contentType="text/plain;charset=UTF-8" %>
<p>Nobody will read this:</p>
<% int tusks = "two"; %>
