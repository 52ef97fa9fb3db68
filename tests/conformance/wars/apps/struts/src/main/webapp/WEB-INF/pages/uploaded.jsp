<%@ page contentType="text/html; charset=UTF-8" %><%@ taglib prefix="s" uri="/struts-tags" %>uploaded <s:property value="what"/> <s:actionerror/><s:fielderror/>
