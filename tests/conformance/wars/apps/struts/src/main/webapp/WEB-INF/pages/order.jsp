<%@ page contentType="text/html; charset=UTF-8" %><%@ taglib prefix="s" uri="/struts-tags" %><!DOCTYPE html>
<html>
<head><title>Orders</title></head>
<body>
<h1><s:text name="greeting"/></h1>
<s:form action="order" id="form">
  <s:token/>
  <s:textfield name="item" label="Item"/>
  <s:textfield name="quantity" label="Quantity"/>
  <s:submit/>
</s:form>
<ol><s:iterator value="orders" status="at"><li class="<s:property value="#at.odd ? 'odd' : 'even'"/>"><s:property/></li></s:iterator></ol>
<a href="<s:url action="upload"><s:param name="from" value="'Ä b'"/></s:url>">upload</a>
</body>
</html>
