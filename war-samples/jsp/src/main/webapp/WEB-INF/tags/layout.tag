<%@ tag pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ attribute name="title" required="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><c:out value="${title}" /></title>
  <style>
    :root { color-scheme: light dark; --ink: light-dark(#14222e, #e4edf3); --sea: light-dark(#0a6d8c, #58c3e2); }
    body { max-width: 44rem; margin: 8vh auto; padding: 0 1.25rem; color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
    a { color: var(--sea); }
    td { padding: .2rem 1rem .2rem 0; }
  </style>
</head>
<body>
  <h1><c:out value="${title}" /></h1>
  <jsp:doBody />
</body>
</html>
